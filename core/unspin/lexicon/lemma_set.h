// A set of lemmas as a bit set of a few kilobytes.
#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace unspin {

// Not std::vector<bool>, which finds words and bits by the signed arithmetic of its iterators: this is 1.02 times
// faster in `compare` (21 runs in turns), which executes 3 % fewer instructions.
class LemmaSet {
 public:
  // For lemmas below `lemmas`.
  explicit LemmaSet(size_t lemmas) : words_(lemmas / kBits + 1, 0) {}

  // REQUIRES of all: `lemma` is below the number given.
  void Insert(uint32_t lemma) { WordOf(lemma) |= uint64_t{1} << lemma % kBits; }
  void Erase(uint32_t lemma) { WordOf(lemma) &= ~(uint64_t{1} << lemma % kBits); }
  bool Contains(uint32_t lemma) const {
    assert(lemma / kBits < words_.size());
    return words_[lemma / kBits] >> lemma % kBits & 1;
  }

 private:
  static constexpr uint32_t kBits = 64;

  uint64_t& WordOf(uint32_t lemma) {
    assert(lemma / kBits < words_.size());
    return words_[lemma / kBits];
  }

  std::vector<uint64_t> words_;
};

}  // namespace unspin
