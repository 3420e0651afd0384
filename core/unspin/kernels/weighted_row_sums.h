// Rows of numbers, weighed and added up → the sums of their columns, and which of those are large.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace unspin {

inline constexpr size_t kColumnsAtOnce = 16;

struct WeighedRow {
  const float* row;
  float weight;
};

// `sums` and `large` have room for one entry a column, of which there are as many as `limits`, a multiple of
// kColumnsAtOnce. A sum is 0 and then each row's weight times its number added, in the order of the rows. Returns how
// many columns are not below `scale` times their limit; their numbers go to `large`, ascending.
size_t WeightedRowSums(std::span<const WeighedRow> rows, std::span<const float> limits, float scale, float* sums,
                       uint32_t* large);

}  // namespace unspin
