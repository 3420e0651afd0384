// Merges ascending sequences whose leading numbers are spread evenly, as hashes are, a cache-full of rows at a time.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "unspin/base/bucket_sort.h"

namespace unspin {

// `lead(part, place)`: the 64-bit number that leads in the order of that row, ascending by place inside a part;
// `row(part, place)` → Row; `lead_of(row)` the same number. Calls visit(std::vector<Row>&) with ascending rows, equal
// leading numbers always in one call. Any sequences are merged; even spread only makes it fast.
template <typename Row, typename Lead, typename MakeRow, typename LeadOf, typename Visit>
void MergeByKeyRange(std::span<const size_t> sizes, const Lead& lead, const MakeRow& row, const LeadOf& lead_of,
                     const Visit& visit) {
  constexpr size_t kRows = size_t{1} << 14;
  size_t total = 0;
  for (const size_t size : sizes) total += size;
  const auto range_bits = static_cast<unsigned>(std::bit_width(total / kRows));
  const uint64_t ranges = uint64_t{1} << range_bits;
  std::vector<size_t> at(sizes.size(), 0);
  std::vector<Row> rows;
  for (uint64_t range = 0; range < ranges; ++range) {
    rows.clear();
    const bool last = range + 1 == ranges;
    const uint64_t bound = last ? 0 : (range + 1) << (64 - range_bits);
    for (size_t part = 0; part < sizes.size(); ++part) {
      for (; at[part] < sizes[part] && (last || lead(part, at[part]) < bound); ++at[part])
        rows.push_back(row(part, at[part]));
    }
    BucketSort(rows, [&](const Row& value, unsigned bits) {
      // Inside a range the first bits are alike.
      const uint64_t rest = lead_of(value) << range_bits;
      return static_cast<size_t>(rest >> (64 - bits));
    });
    if (!rows.empty()) visit(rows);
  }
}

}  // namespace unspin
