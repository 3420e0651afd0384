#include "unspin/kernels/weighted_row_sums.h"

#include <bit>
#include <cassert>
#include <cstring>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "unspin/kernels/weighted_row_sums.cc"
#include <hwy/foreach_target.h>  // IWYU pragma: keep
#include <hwy/highway.h>

#include "unspin/kernels/variant.h"

// Four columns and two rows, limits 2 and scale 1:
//
//   row 0          1  0  2  0     weight 1
//   row 1          0  0  1  1     weight 0.5
//   sums           1  0  2.5 0.5
//   above          .  .  1  .     sums >= scale * limits, as bits → column 2

HWY_BEFORE_NAMESPACE();
namespace unspin::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Columns = hn::CappedTag<float, kColumnsAtOnce>;

// The sums of kVectors vectors of columns from `at` on. Several vectors at once: their additions are independent, so
// none waits for another.
template <size_t kVectors>
HWY_INLINE void SumColumns(const WeighedRow* rows, size_t count, size_t at, float* sums) {
  const Columns d;
  const size_t lanes = hn::Lanes(d);
  hn::Vec<Columns> vectors[kVectors];
  for (auto& sum : vectors) sum = hn::Zero(d);
  for (size_t r = 0; r < count; ++r) {
    const auto weight = hn::Set(d, rows[r].weight);
    for (size_t v = 0; v < kVectors; ++v)
      vectors[v] = hn::Add(vectors[v], hn::Mul(weight, hn::LoadU(d, rows[r].row + at + v * lanes)));
  }
  for (size_t v = 0; v < kVectors; ++v) hn::StoreU(vectors[v], d, sums + at + v * lanes);
}

size_t WeightedRowSumsVariant(const WeighedRow* rows, size_t count, const float* limits, size_t columns, float scale,
                              float* sums, uint32_t* above) {
  const Columns d;
  const size_t lanes = hn::Lanes(d);
  size_t at = 0;
  for (; at + 4 * lanes <= columns; at += 4 * lanes) SumColumns<4>(rows, count, at, sums);
  if (at + 3 * lanes == columns) SumColumns<3>(rows, count, at, sums);
  if (at + 2 * lanes == columns) SumColumns<2>(rows, count, at, sums);
  if (at + lanes == columns) SumColumns<1>(rows, count, at, sums);
  size_t found = 0;
  for (at = 0; at < columns; at += lanes) {
    const auto limit = hn::Mul(hn::Set(d, scale), hn::LoadU(d, limits + at));
    uint8_t bytes[8] = {};
    hn::StoreMaskBits(d, hn::Ge(hn::LoadU(d, sums + at), limit), bytes);
    uint32_t bits;
    std::memcpy(&bits, bytes, sizeof bits);
    for (; bits != 0; bits &= bits - 1) above[found++] = static_cast<uint32_t>(at) + std::countr_zero(bits);
  }
  return found;
}

}  // namespace unspin::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace unspin {

HWY_EXPORT(WeightedRowSumsVariant);

size_t WeightedRowSums(std::span<const WeighedRow> rows, std::span<const float> limits, float scale,
                       std::span<float> sums, std::span<uint32_t> above) {
  assert(limits.size() % kColumnsAtOnce == 0 && sums.size() >= limits.size() && above.size() >= limits.size());
  ChooseKernels();
  return HWY_DYNAMIC_DISPATCH(WeightedRowSumsVariant)(rows.data(), rows.size(), limits.data(), limits.size(), scale,
                                                      sums.data(), above.data());
}

}  // namespace unspin
#endif
