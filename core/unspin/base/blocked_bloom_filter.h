// A blocked Bloom filter of hashed keys: tells which keys a large set cannot contain, so that only others are looked
// up.
//
// The bits of one key are in one cache line (Putze, Sanders and Singler: Cache-, Hash- and Space-Efficient Bloom
// Filters, 2007). With 16 keys a line, which are four bytes for each, about one absent key in 10,000 passes; with 32
// about one in 1,000 (tests/unit/blocked_bloom_filter_test.cc).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace unspin {

class BlockedBloomFilter {
 public:
  static constexpr size_t kPreciseKeysOfLine = 16, kSmallKeysOfLine = 32;

  // Sized for `keys`. More keys raise the false-positive rate; there are no false negatives.
  explicit BlockedBloomFilter(size_t keys = 0, size_t keys_of_line = kPreciseKeysOfLine)
      : capacity_(keys), lines_(keys / keys_of_line + 1) {}

  size_t capacity() const { return capacity_; }
  // A key is two hashes that are independent of each other: `line` chooses the cache line, `bits` the bits in it.
  void Add(uint64_t line, uint64_t bits) {
    Line& words = lines_[IndexOf(line)];
    for (size_t word = 0; word < words.size(); ++word) words[word] |= BitOf(bits, word);
  }
  bool MayContain(uint64_t line, uint64_t bits) const {
    const Line& words = lines_[IndexOf(line)];
    bool all = true;
    for (size_t word = 0; word < words.size(); ++word) all &= (words[word] & BitOf(bits, word)) != 0;
    return all;
  }

 private:
  using Line = std::array<uint64_t, 8>;  // a cache line

  size_t IndexOf(uint64_t line) const { return static_cast<size_t>((line >> 32) * lines_.size() >> 32); }
  // One bit in each word of the line, by six bits of the hash.
  static uint64_t BitOf(uint64_t bits, size_t word) { return uint64_t{1} << (bits >> 6 * word & 63); }

  size_t capacity_;
  std::vector<Line> lines_;
};

}  // namespace unspin
