// Merges sorted sequences whose leading keys are uniformly distributed, as hashes are, one key range at a time.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "unspin/base/bucket_sort.h"

namespace unspin {

// Cuts the key space into ranges of about 16,384 rows, which fit into the L2 cache, and for each range gathers the rows
// of all sequences and sorts them. Merges any input correctly; only the speed depends on the distribution. With a
// binary heap of the sequences instead, `merge` of 27 segments takes 1.5 times the processor time (21 runs in turns).
//
// Sequence s has sizes[s] rows. `key_at(s, i)` returns the 64-bit key that leads in the order of its row i, ascending
// in i; `row_at(s, i)` returns the row; `key_of(row)` returns the same key. Calls visit(std::vector<Row>&) with
// ascending rows; rows with equal keys come in one call.
template <typename Row, typename KeyAt, typename RowAt, typename KeyOf, typename Visit>
void MergeByKeyRange(std::span<const size_t> sizes, const KeyAt& key_at, const RowAt& row_at, const KeyOf& key_of,
                     const Visit& visit) {
  constexpr size_t kRowsOfRange = size_t{1} << 14;
  size_t total = 0;
  for (const size_t size : sizes) total += size;
  const auto range_bits = static_cast<unsigned>(std::bit_width(total / kRowsOfRange));
  const uint64_t ranges = uint64_t{1} << range_bits;
  std::vector<size_t> next(sizes.size(), 0);  // by sequence
  std::vector<Row> rows;
  for (uint64_t range = 0; range < ranges; ++range) {
    rows.clear();
    const bool last = range + 1 == ranges;
    const uint64_t end_key = last ? 0 : (range + 1) << (64 - range_bits);
    for (size_t sequence = 0; sequence < sizes.size(); ++sequence) {
      size_t& i = next[sequence];
      for (; i < sizes[sequence] && (last || key_at(sequence, i) < end_key); ++i) rows.push_back(row_at(sequence, i));
    }
    BucketSort(rows, [&](const Row& row, unsigned bits) {
      const uint64_t key_in_range = key_of(row) << range_bits;  // all rows share the bits above
      return static_cast<size_t>(key_in_range >> (64 - bits));
    });
    if (!rows.empty()) visit(rows);
  }
}

}  // namespace unspin
