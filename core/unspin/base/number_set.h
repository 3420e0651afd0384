// A set of 64-bit hashes that is filled once and asked often: one array, no allocation for each number.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace unspin {

// Hashes must be mixed well: their low bits are their places. Linear probing, at most half full.
class NumberSet {
 public:
  explicit NumberSet(size_t most) : slots_(std::bit_ceil(2 * most + 2), 0), mask_(slots_.size() - 1) {}

  void Insert(uint64_t number) {
    uint64_t& slot = *Find(number);
    size_ += slot == 0;
    slot = number | (number == 0);
  }
  bool Contains(uint64_t number) const { return *const_cast<NumberSet*>(this)->Find(number) != 0; }
  size_t size() const { return size_; }

  friend size_t CountCommon(const NumberSet& a, const NumberSet& b) {
    if (a.slots_.size() > b.slots_.size()) return CountCommon(b, a);
    size_t common = 0;
    for (const uint64_t number : a.slots_) common += number != 0 && b.Contains(number);
    return common;
  }

 private:
  // 0 marks an empty slot; the number 0 itself is kept as 1, which a hash meets no more often than any other.
  uint64_t* Find(uint64_t number) {
    number |= number == 0;
    size_t at = number & mask_;
    while (slots_[at] != 0 && slots_[at] != number) at = (at + 1) & mask_;
    return &slots_[at];
  }

  std::vector<uint64_t> slots_;
  size_t mask_;
  size_t size_ = 0;
};

}  // namespace unspin
