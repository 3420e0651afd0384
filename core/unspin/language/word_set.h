// A set of words of a language, looked up by their word hashes.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "absl/container/flat_hash_set.h"
#include "unspin/base/word_hash.h"

namespace unspin {

// Words are spelled as the tokenizer normalizes them: lower case, without a full stop at the end.
class WordSet {
 public:
  WordSet() = default;
  explicit WordSet(std::span<const std::string_view> words) {
    for (const std::string_view word : words) hashes_.insert(HashWord(word));
  }

  // `hash` is HashWord(word), which every token has as Token::word.
  bool Contains(uint64_t hash) const { return hashes_.contains(hash); }

 private:
  absl::flat_hash_set<uint64_t> hashes_;
};

}  // namespace unspin
