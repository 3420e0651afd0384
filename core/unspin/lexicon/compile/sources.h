// What a compiled lexicon is made of: the contents of dictionaries and word lists, under construction.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "unspin/language/inflections.h"

namespace unspin::compile {

// The word classes by their names in WordNet's files and in MyThes.
inline constexpr std::array<std::pair<const char*, WordClass>, 4> kClasses = {{{"noun", WordClass::kNoun},
                                                                               {"verb", WordClass::kVerb},
                                                                               {"adj", WordClass::kAdjective},
                                                                               {"adv", WordClass::kAdverb}}};

struct Lemma {
  uint8_t classes = 0;  // WordClass bits
  std::set<std::string> neighbours;
};

struct Sources {
  std::map<std::string, Lemma> lemmas;
  std::vector<std::pair<std::string, std::string>> irregulars;  // form, base
  std::vector<std::pair<std::string, uint32_t>> frequencies;    // word, articles with it
  uint32_t articles = 0;                                        // that the frequencies were counted over
  std::unordered_set<std::string> function_words;
  std::string provenance;
};

// Ends the program with a message.
[[noreturn]] void Fail(const std::string& message);
void Warn(const std::string& message);

// Spells a dictionary's lemma as the tokenizer spells a running text: lower case, words separated where a hyphen or an
// underscore joins them, no full stop at the end of a word. Empty if nothing remains.
std::string Spell(std::string_view lemma);

// Nouns spelled like function words are other words: "it" (information technology), "he" (helium), "us" (America).
bool IsHomograph(const Sources& sources, const std::string& word, WordClass word_class);

// Makes two words synonyms of each other, unless one is empty or a homograph.
void Join(Sources& sources, const std::string& a, const std::string& b, WordClass class_a, WordClass class_b);

// Words separated by white space; lines that begin with "#" are comments. Fails if there is no such file.
void ReadFunctionWords(const std::string& path, Sources& sources);

// Lines "word<tab>articles", and one "# articles: N". Fails if the file is absent or wrong.
void ReadFrequencies(const std::string& path, Sources& sources);

}  // namespace unspin::compile
