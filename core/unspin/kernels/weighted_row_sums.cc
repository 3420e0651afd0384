#include "unspin/kernels/weighted_row_sums.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "unspin/kernels/weighted_row_sums.cc"
#include <hwy/foreach_target.h>  // IWYU pragma: keep
#include <hwy/highway.h>

#include "unspin/kernels/variant.h"

HWY_BEFORE_NAMESPACE();
namespace unspin::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Columns = hn::CappedTag<float, kColumnsAtOnce>;

// So many vectors of columns: their sums do not wait for each other.
template <size_t kVectors>
HWY_INLINE void AddSome(const WeighedRow* rows, size_t count, size_t at, float* sums) {
  const Columns d;
  const size_t lanes = hn::Lanes(d);
  hn::Vec<Columns> some[kVectors];
  for (auto& sum : some) sum = hn::Zero(d);
  for (size_t r = 0; r < count; ++r) {
    const auto weight = hn::Set(d, rows[r].weight);
    for (size_t v = 0; v < kVectors; ++v)
      some[v] = hn::Add(some[v], hn::Mul(weight, hn::LoadU(d, rows[r].row + at + v * lanes)));
  }
  for (size_t v = 0; v < kVectors; ++v) hn::StoreU(some[v], d, sums + at + v * lanes);
}

size_t WeightedRowSumsVariant(const WeighedRow* rows, size_t count, const float* limits, size_t columns, float scale,
                              float* sums, uint32_t* large) {
  const Columns d;
  const size_t lanes = hn::Lanes(d);
  size_t at = 0;
  for (; at + 4 * lanes <= columns; at += 4 * lanes) AddSome<4>(rows, count, at, sums);
  if (at + 3 * lanes == columns) AddSome<3>(rows, count, at, sums);
  if (at + 2 * lanes == columns) AddSome<2>(rows, count, at, sums);
  if (at + lanes == columns) AddSome<1>(rows, count, at, sums);
  size_t found = 0;
  for (at = 0; at < columns; at += lanes) {
    const auto limit = hn::Mul(hn::Set(d, scale), hn::LoadU(d, limits + at));
    uint8_t bytes[8] = {};
    hn::StoreMaskBits(d, hn::Ge(hn::LoadU(d, sums + at), limit), bytes);
    uint32_t bits;
    std::memcpy(&bits, bytes, sizeof bits);
    for (; bits != 0; bits &= bits - 1) large[found++] = static_cast<uint32_t>(at) + std::countr_zero(bits);
  }
  return found;
}

}  // namespace unspin::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace unspin {

HWY_EXPORT(WeightedRowSumsVariant);

size_t WeightedRowSums(std::span<const WeighedRow> rows, std::span<const float> limits, float scale, float* sums,
                       uint32_t* large) {
  ChooseKernels();
  return HWY_DYNAMIC_DISPATCH(WeightedRowSumsVariant)(rows.data(), rows.size(), limits.data(), limits.size(), scale,
                                                      sums, large);
}

}  // namespace unspin
#endif
