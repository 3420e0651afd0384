// A set of lemmas that answers from a few kilobytes, and is emptied in the time of what it holds.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace unspin {

class LemmaSet {
 public:
  // Of lemmas below `lemmas`.
  explicit LemmaSet(size_t lemmas) : bits_(lemmas / kBits + 1, 0) {}

  void Insert(uint32_t lemma) {
    bits_[lemma / kBits] |= uint64_t{1} << lemma % kBits;
    held_.push_back(lemma);
  }
  bool Contains(uint32_t lemma) const { return bits_[lemma / kBits] >> lemma % kBits & 1; }
  void Clear() {
    for (const uint32_t lemma : held_) bits_[lemma / kBits] = 0;
    held_.clear();
  }

 private:
  static constexpr uint32_t kBits = 64;
  std::vector<uint64_t> bits_;
  std::vector<uint32_t> held_;  // some more than once
};

}  // namespace unspin
