// A blocked Bloom filter of article ids: a writer asks it before it searches every segment for an id.
//
// The bits of one id are in one cache line (Putze, Sanders and Singler: Cache-, Hash- and Space-Efficient Bloom
// Filters, 2007). Four bytes for each id; about one absent id in 10,000 passes (tests/unit/archive_test.cc).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "unspin/engine/article_identity.h"

namespace unspin {

class BlockedBloomFilter {
 public:
  // Sized for `ids`. More ids raise the false-positive rate; there are no false negatives.
  explicit BlockedBloomFilter(size_t ids = 0) : capacity_(ids), lines_(ids / kIdsOfLine + 1) {}

  size_t capacity() const { return capacity_; }
  void Add(IdHash id) {
    Line& line = lines_[LineOf(id)];
    for (size_t word = 0; word < line.size(); ++word) line[word] |= BitOf(id, word);
  }
  bool MayContain(IdHash id) const {
    const Line& line = lines_[LineOf(id)];
    bool all = true;
    for (size_t word = 0; word < line.size(); ++word) all &= (line[word] & BitOf(id, word)) != 0;
    return all;
  }

 private:
  using Line = std::array<uint64_t, 8>;  // a cache line
  static constexpr size_t kIdsOfLine = 16;

  size_t LineOf(IdHash id) const { return static_cast<size_t>((id.high >> 32) * lines_.size() >> 32); }
  // One bit in each word of the line, by six bits of the hash.
  static uint64_t BitOf(IdHash id, size_t word) { return uint64_t{1} << (id.low >> 6 * word & 63); }

  size_t capacity_;
  std::vector<Line> lines_;
};

}  // namespace unspin
