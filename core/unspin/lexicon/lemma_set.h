// A set of lemmas that answers from a few kilobytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace unspin {

class LemmaSet {
 public:
  // Of lemmas below `lemmas`.
  explicit LemmaSet(size_t lemmas) : bits_(lemmas / kBits + 1, 0) {}

  void Insert(uint32_t lemma) { bits_[lemma / kBits] |= uint64_t{1} << lemma % kBits; }
  void Erase(uint32_t lemma) { bits_[lemma / kBits] &= ~(uint64_t{1} << lemma % kBits); }
  bool Contains(uint32_t lemma) const { return bits_[lemma / kBits] >> lemma % kBits & 1; }

 private:
  static constexpr uint32_t kBits = 64;
  std::vector<uint64_t> bits_;
};

}  // namespace unspin
