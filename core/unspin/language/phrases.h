// Phrases of a language, each looked up by its longest word that is not frequent: most words of a text are passed by
// with one bit.
#pragma once

#include <algorithm>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "unspin/base/word_hash.h"
#include "unspin/language/word_set.h"

namespace unspin {

template <typename Cue>
class Phrases {
 public:
  struct List {
    Cue cue;
    std::string_view phrases;  // separated by ", "; their words by single spaces, spelled as in WordSet
  };
  struct Phrase {
    Cue cue;
    uint16_t number;              // differs between all phrases
    uint16_t anchor;              // which of its words it is looked up by
    std::vector<uint64_t> words;  // hashes
  };

  Phrases() = default;
  // A phrase is looked up by one of `frequent` only where it has no other word.
  Phrases(std::initializer_list<List> lists, const WordSet& frequent = WordSet()) {
    for (const List& list : lists) {
      for (std::string_view rest = list.phrases; !rest.empty();) {
        const std::string_view phrase = rest.substr(0, rest.find(", "));
        Add(list.cue, phrase, frequent);
        rest.remove_prefix(std::min(phrase.size() + 2, rest.size()));
      }
    }
  }

  // Whether phrases may be looked up by this word.
  bool MayContain(uint64_t hash) const { return filter_[hash % kFilterBits]; }

  // The phrases that are looked up by a word. `hash` is HashWord(word).
  std::span<const Phrase> Find(uint64_t hash) const {
    if (!MayContain(hash)) return {};
    const auto found = phrases_.find(hash);
    return found == phrases_.end() ? std::span<const Phrase>() : std::span<const Phrase>(found->second);
  }

 private:
  static constexpr size_t kFilterBits = 32768;  // 4 KB; 450 look-up words let 1 of 70 other words pass

  void Add(Cue cue, std::string_view phrase, const WordSet& frequent) {
    Phrase added{cue, count_++, 0, {}};
    size_t longest = 0;
    for (std::string_view rest = phrase; !rest.empty();) {
      const std::string_view word = rest.substr(0, rest.find(' '));
      rest.remove_prefix(std::min(word.size() + 1, rest.size()));
      const uint64_t hash = HashWord(word);
      const size_t length = frequent.Contains(hash) ? 0 : word.size();
      if (length >= longest) added.anchor = static_cast<uint16_t>(added.words.size());
      longest = std::max(longest, length);
      added.words.push_back(hash);
    }
    const uint64_t anchor = added.words[added.anchor];
    filter_.set(anchor % kFilterBits);
    phrases_[anchor].push_back(std::move(added));
  }

  uint16_t count_ = 0;
  std::bitset<kFilterBits> filter_;
  absl::flat_hash_map<uint64_t, std::vector<Phrase>> phrases_;
};

}  // namespace unspin
