#include "unspin/kernels/score_trees.h"

#include <algorithm>
#include <bit>
#include <cassert>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "unspin/kernels/score_trees.cc"
#include <hwy/foreach_target.h>  // IWYU pragma: keep
#include <hwy/highway.h>

#include "unspin/kernels/variant.h"

// One tree of four leaves and two rows; bits in the order of the leaves:
//
//                                    row 0     row 1
//   remaining leaves                 1111      1111
//   split 1: no for row 1            1111      ..11      kept = ..11
//   split 2: no for both rows        1.11      ..11      kept = 1.11
//   leaf reached: the first one      0         2
//
// In memory the bits are one word for each row (decision 29): a comparison and an `and` for each split and block.

HWY_BEFORE_NAMESPACE();
namespace unspin::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Values = hn::CappedTag<int32_t, kTreeRows>;
using Leaves = hn::Rebind<uint32_t, Values>;

#if HWY_TARGET <= HWY_AVX3
// All rows at once. The leaf is the position of the lowest bit: the exponent of that bit as a floating-point number.
HWY_INLINE void AddLeaves(const TreeTable& table, const uint32_t* remaining, double* sums) {
  const hn::Full512<double> ds;
  const hn::Full256<float> d_half;
  const hn::Full512<float> df;
  const hn::Full512<int32_t> di;
  const hn::Full512<uint32_t> du;
  static_assert(kTreeRows == 16 && kTreeLeaves == 32);
  auto low = hn::LoadU(ds, sums), high = hn::LoadU(ds, sums + 8);
  for (size_t at = 0; at < table.leaves.size(); at += kTreeLeaves, remaining += kTreeRows) {
    const auto bits = hn::Load(du, remaining);
    const auto lowest = hn::And(bits, hn::Sub(hn::Zero(du), bits));
    const auto exponent = hn::ShiftRight<23>(hn::BitCast(du, hn::ConvertTo(df, hn::BitCast(di, lowest))));
    const auto leaf = hn::And(hn::Sub(exponent, hn::Set(du, 127)), hn::Set(du, kTreeLeaves - 1));
    const auto index = hn::IndicesFromVec(df, hn::BitCast(di, hn::And(leaf, hn::Set(du, 15))));
    const auto first = hn::TableLookupLanes(hn::LoadU(df, &table.leaves[at]), index),
               second = hn::TableLookupLanes(hn::LoadU(df, &table.leaves[at + 16]), index);
    const auto reached =
        hn::IfThenElse(hn::RebindMask(df, hn::Gt(hn::BitCast(di, leaf), hn::Set(di, 15))), second, first);
    low = hn::Add(low, hn::PromoteTo(ds, hn::LowerHalf(d_half, reached)));
    high = hn::Add(high, hn::PromoteTo(ds, hn::UpperHalf(d_half, reached)));
  }
  hn::StoreU(low, ds, sums);
  hn::StoreU(high, ds, sums + 8);
}
#else
// Leaf values are written row by row and added later: by then the stores have reached the cache, and vector loads of
// them do not wait.
HWY_INLINE void AddLeaves(const TreeTable& table, const uint32_t* remaining, double* sums) {
  constexpr size_t kTogether = 16;  // trees
  const hn::CappedTag<double, kTreeRows> ds;
  const hn::Rebind<float, decltype(ds)> d_half;
  const size_t trees = table.leaves.size() / kTreeLeaves;
  alignas(64) float reached[kTogether][kTreeRows];
  const float* leaves = table.leaves.data();
  for (size_t first = 0; first < trees; first += kTogether) {
    const size_t count = std::min(kTogether, trees - first);
    for (size_t tree = 0; tree < count; ++tree, leaves += kTreeLeaves, remaining += kTreeRows) {
      for (size_t row = 0; row < kTreeRows; ++row) reached[tree][row] = leaves[std::countr_zero(remaining[row])];
    }
    for (size_t row = 0; row < kTreeRows; row += hn::Lanes(ds)) {
      auto sum = hn::LoadU(ds, sums + row);
      for (size_t tree = 0; tree < count; ++tree)
        sum = hn::Add(sum, hn::PromoteTo(ds, hn::Load(d_half, &reached[tree][row])));
      hn::StoreU(sum, ds, sums + row);
    }
  }
}
#endif

// Applies the cuts that all rows make, once for all blocks: many signals have one value in all rows, because they
// describe the passage that the rows belong to. `common`: the leaves that remain of each tree; `first_cuts`: the first
// cut of each signal that some row does not make.
void CutInCommonVariant(const TreeTable& table, const int32_t* rows, size_t blocks, uint32_t* common,
                        uint32_t* first_cuts) {
  const Values d;
  const size_t signals = table.begins.size();
  for (size_t signal = 0; signal < signals; ++signal, rows += kTreeRows) {
    auto values = hn::Set(d, TreeTable::kEnd.threshold - 1);
    for (size_t block = 0; block < blocks; ++block) {
      for (size_t row = 0; row < kTreeRows; row += hn::Lanes(d))
        values = hn::Min(values, hn::LoadU(d, rows + block * signals * kTreeRows + row));
    }
    const int32_t min_value = hn::GetLane(hn::MinOfLanes(d, values));
    const TreeCut* cut = table.cuts.data() + table.begins[signal];
    for (; cut->threshold <= min_value; ++cut) common[cut->tree] &= cut->kept;
    first_cuts[signal] = static_cast<uint32_t>(cut - table.cuts.data());
  }
}

void ScoreTreesVariant(const TreeTable& table, const int32_t* rows, const uint32_t* common, const uint32_t* first_cuts,
                       uint32_t* remaining, double* sums) {
  const Values dv;
  const Leaves d;
  const size_t lanes = hn::Lanes(d), trees = table.leaves.size() / kTreeLeaves;
  for (size_t tree = 0; tree < trees; ++tree) {
    for (size_t row = 0; row < kTreeRows; row += lanes)
      hn::Store(hn::Set(d, common[tree]), d, remaining + tree * kTreeRows + row);
  }
  for (size_t signal = 0; signal < table.begins.size(); ++signal) {
    const int32_t* const values = rows + signal * kTreeRows;
    auto max_values = hn::LoadU(dv, values);
    for (size_t row = lanes; row < kTreeRows; row += lanes)
      max_values = hn::Max(max_values, hn::LoadU(dv, values + row));
    const int32_t max_value = hn::GetLane(hn::MaxOfLanes(dv, max_values));
    for (const TreeCut* cut = table.cuts.data() + first_cuts[signal]; cut->threshold <= max_value; ++cut) {
      uint32_t* const leaves = remaining + cut->tree * kTreeRows;
      const auto limit = hn::Set(dv, cut->threshold);
      const auto kept = hn::Set(d, cut->kept);
      for (size_t row = 0; row < kTreeRows; row += lanes) {
        const auto yes = hn::BitCast(d, hn::VecFromMask(dv, hn::Lt(hn::LoadU(dv, values + row), limit)));
        hn::Store(hn::And(hn::Load(d, leaves + row), hn::Or(yes, kept)), d, leaves + row);
      }
    }
  }
  AddLeaves(table, remaining, sums);
}

}  // namespace unspin::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace unspin {

HWY_EXPORT(CutInCommonVariant);
HWY_EXPORT(ScoreTreesVariant);

void ScoreTrees(const TreeTable& table, std::span<const int32_t> rows, std::span<double> sums) {
  if (rows.empty()) return;
  ChooseKernels();
  const size_t trees = table.leaves.size() / kTreeLeaves, signals = table.begins.size(), block = signals * kTreeRows;
  const size_t blocks = rows.size() / block;
  assert(rows.size() % block == 0 && sums.size() >= blocks * kTreeRows);
  std::vector<uint32_t> common(trees, ~uint32_t{0}), first_cuts(signals);
  HWY_DYNAMIC_DISPATCH(CutInCommonVariant)(table, rows.data(), blocks, common.data(), first_cuts.data());
  // The masks of a tree fill one cache line, and begin at one.
  constexpr size_t kLine = 64;
  static_assert(kTreeRows * sizeof(uint32_t) == kLine);
  std::vector<uint32_t> memory((trees + 1) * kTreeRows);
  const size_t past = reinterpret_cast<uintptr_t>(memory.data()) % kLine;
  uint32_t* const remaining = memory.data() + (kLine - past) / sizeof(uint32_t);
  for (size_t b = 0; b < blocks; ++b) {
    HWY_DYNAMIC_DISPATCH(ScoreTreesVariant)(table, rows.data() + b * block, common.data(), first_cuts.data(), remaining,
                                            sums.data() + b * kTreeRows);
  }
}

}  // namespace unspin
#endif
