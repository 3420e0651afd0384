// How a language's regular inflections are undone.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace unspin {

// Each class is a bit, so that a set of them fits into a byte of the lexicon tables.
enum class WordClass : uint8_t { kNoun = 1, kVerb = 2, kAdjective = 4, kAdverb = 8 };
constexpr uint8_t Bit(WordClass word_class) { return static_cast<uint8_t>(word_class); }

// A word that ends in `ending` may be a form of the word with `base` instead.
struct SuffixRule {
  std::string_view ending;
  std::string_view base;
  uint8_t word_classes;  // WordClass bits: classes of the base for which the rule holds
  bool undoubles;        // the base may lack a doubled letter before the ending: "stopped", "stop"
};

struct Inflections {
  std::span<const SuffixRule> suffixes;
  std::string_view possessive;         // ending of a possessive: "'s"
  std::string_view plural_possessive;  // and of a plural's: "'"
  // Words before a phrase, each with its space, that a synonym of the phrase may lack: "the ".
  std::span<const std::string_view> phrase_openings;
};

}  // namespace unspin
