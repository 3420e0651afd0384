// A set of replacements that a spinner is known to make, looked up by the word aligner.
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "unspin/base/word_hash.h"

namespace unspin {

// Phrases are lower-case words joined by single spaces. Pairs are ordered: the original's phrase comes first.
class SpunForms {
 public:
  void Add(std::string_view original, std::string_view suspect) {
    pairs_.insert({HashWord(original), HashWord(suspect)});
  }
  bool Contains(std::string_view original, std::string_view suspect) const {
    return Contains(HashWord(original), HashWord(suspect));
  }
  // By the word hashes of two single words.
  bool Contains(uint64_t original, uint64_t suspect) const { return pairs_.contains({original, suspect}); }
  bool empty() const { return pairs_.empty(); }

 private:
  absl::flat_hash_set<std::pair<uint64_t, uint64_t>> pairs_;
};

}  // namespace unspin
