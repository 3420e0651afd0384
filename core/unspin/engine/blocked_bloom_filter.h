// Which ids an archive surely lacks, so that a new one need not be looked for in every segment.
//
// A Bloom filter whose bits for one id lie in one cache line (Putze, Sanders and Singler 2007): four bytes an id, and
// one in some ten thousand that are absent is looked for in vain, in pages of every segment.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "unspin/engine/segment.h"

namespace unspin {

class BlockedBloomFilter {
 public:
  // For so many ids; with more of them it says less, and never what is wrong.
  explicit BlockedBloomFilter(size_t ids = 0) : capacity_(ids), lines_(ids / kIdsOfLine + 1) {}

  size_t capacity() const { return capacity_; }
  void Add(IdHash id) {
    Line& line = LineOf(id);
    for (size_t i = 0; i < line.size(); ++i) line[i] |= BitOf(id, i);
  }
  bool MayContain(IdHash id) const {
    const Line& line = const_cast<BlockedBloomFilter*>(this)->LineOf(id);
    bool all = true;
    for (size_t i = 0; i < line.size(); ++i) all &= (line[i] & BitOf(id, i)) != 0;
    return all;
  }

 private:
  using Line = std::array<uint64_t, 8>;
  static constexpr size_t kIdsOfLine = 16;

  Line& LineOf(IdHash id) { return lines_[static_cast<size_t>((id.high >> 32) * lines_.size() >> 32)]; }
  static uint64_t BitOf(IdHash id, size_t word) { return uint64_t{1} << (id.low >> 6 * word & 63); }

  size_t capacity_;
  std::vector<Line> lines_;
};

}  // namespace unspin
