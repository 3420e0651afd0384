// Interpolation search in sorted arrays of hashes, for many keys at once.
//
// Hashes are uniform, so the position of a key can be estimated from its value (Perl, Itai and Avni: Interpolation
// search, a log log N search, CACM 1978). An estimate is off by about the square root of the array's size, a refined
// one by the square root of that. Galloping (Bentley and Yao 1976) and a binary search end any estimate exactly.
#pragma once

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "unspin/index/index_layout.h"

namespace unspin {

// The cache line of that byte; the last one where the offset is beyond the end.
inline void PrefetchByte(std::string_view bytes, size_t offset) {
  __builtin_prefetch(bytes.data() + std::min(offset, bytes.size()));
}

// A view of an ascending array of `size` numbers. Any order of numbers is searched in bounds.
template <typename Key>
class InterpolationSearch {
 public:
  InterpolationSearch(std::string_view keys, size_t size) : keys_(keys), size_(size) {
    assert(keys.size() >= size * sizeof(Key));
  }

  Key operator[](size_t position) const { return LoadElement<Key>(keys_, position); }

  // REQUIRES of Estimate, Refine and LowerBound: size > 0, and an estimate below size.
  size_t Estimate(Key key) const {
    assert(size_ > 0);
    return static_cast<size_t>((Top32(key) * size_) >> 32);
  }
  size_t Refine(Key key, size_t estimate) const {
    assert(estimate < size_);
    const auto difference = static_cast<int64_t>(Top32(key)) - static_cast<int64_t>(Top32((*this)[estimate]));
    const int64_t step = difference / 2 * static_cast<int64_t>(size_) >> 31;  // halved, so that the product fits
    return static_cast<size_t>(
        std::clamp<int64_t>(static_cast<int64_t>(estimate) + step, 0, static_cast<int64_t>(size_) - 1));
  }
  void Prefetch(size_t position) const { PrefetchByte(keys_, position * sizeof(Key)); }

  // The first position whose key is not below `key`, or size.
  size_t LowerBound(Key key, size_t estimate) const {
    assert(estimate < size_);
    size_t low = 0, high = size_;  // the answer is in [low, high]
    if ((*this)[estimate] < key) {
      low = estimate + 1;
      for (size_t step = kFirstStep; low + step < size_; step *= 2) {
        if ((*this)[low + step] >= key) {
          high = low + step;
          break;
        }
        low += step + 1;
      }
    } else {
      high = estimate;
      for (size_t step = kFirstStep; step < high; step *= 2) {
        if ((*this)[high - step] < key) {
          low = high - step + 1;
          break;
        }
        high -= step;
      }
    }
    while (low < high) {
      const size_t middle = low + (high - low) / 2;
      if ((*this)[middle] < key) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

 private:
  static constexpr size_t kFirstStep = 4;  // galloping: half a cache line of 64-bit keys

  static uint64_t Top32(Key key) { return sizeof(Key) == 8 ? static_cast<uint64_t>(key) >> 32 : key; }

  std::string_view keys_;
  size_t size_;
};

// The lower bound of each key in the array array_of(i), where i is the position of the key. Each step is made for all
// keys, with a prefetch, before the next step of any key, so that cache misses overlap: without, waiting for them was a
// fifth of a check in a large archive (decision 20). REQUIRES: no array is empty;
// positions.size() == keys.size().
template <typename Key, typename ArrayOf>
void FindLowerBounds(std::span<const Key> keys, const ArrayOf& array_of, std::span<size_t> positions) {
  assert(positions.size() == keys.size());
  for (size_t i = 0; i < keys.size(); ++i) {
    positions[i] = array_of(i).Estimate(keys[i]);
    array_of(i).Prefetch(positions[i]);
  }
  // After the second refinement the answer is at most a cache line or two away (decision 31).
  constexpr int kRefinements = 2;
  for (int refinement = 0; refinement < kRefinements; ++refinement) {
    for (size_t i = 0; i < keys.size(); ++i) {
      positions[i] = array_of(i).Refine(keys[i], positions[i]);
      array_of(i).Prefetch(positions[i]);
    }
  }
  for (size_t i = 0; i < keys.size(); ++i) positions[i] = array_of(i).LowerBound(keys[i], positions[i]);
}

}  // namespace unspin
