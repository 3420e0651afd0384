// Weighted sum of dense rows, as in a product of a sparse vector with a matrix, and which columns reach a limit.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace unspin {

inline constexpr size_t kColumnsAtOnce = 16;  // the number of columns is a multiple of it: the widest vector

struct WeighedRow {
  const float* row;
  float weight;
};

// sums[c] = 0 + weight × row[c] of each row, added in the order of the rows, for each of limits.size() columns. Writes
// the columns whose sum is at least scale × limits[c] to `above`, ascending, and returns how many.
// REQUIRES: limits.size() is a multiple of kColumnsAtOnce; each row, `sums` and `above` have as many elements.
size_t WeightedRowSums(std::span<const WeighedRow> rows, std::span<const float> limits, float scale,
                       std::span<float> sums, std::span<uint32_t> above);

}  // namespace unspin
