#include "unspin/kernels/score_trees.h"

#include <algorithm>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "unspin/kernels/score_trees.cc"
#include <hwy/foreach_target.h>  // IWYU pragma: keep
#include <hwy/highway.h>

#include "unspin/kernels/variant.h"

HWY_BEFORE_NAMESPACE();
namespace unspin::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Values = hn::CappedTag<float, kTreeRows>;
using Sums = hn::CappedTag<double, kTreeRows / 2>;

void ScoreTreesVariant(const TreeTable& table, const float* rows, uint32_t* left, double* sums) {
  const Values d;
  const hn::RebindToUnsigned<Values> du;
  const hn::RebindToSigned<Values> di;
  const Sums ds;
  const hn::Rebind<float, Sums> d_half;
  const size_t lanes = hn::Lanes(d), trees = table.leaves.size() / kTreeLeaves;
  // Read once by hand: for all that a compiler knows, what is stored below might change the table.
  const float* const thresholds = table.thresholds.data();
  const uint32_t *const trees_of_splits = table.trees.data(), *const kept_leaves = table.kept.data();
  const size_t signals = table.begins.size() - 1;
  // Rows of one block are alike: most splits that are not yes for all are no for all, and concern the tree as one.
  uint32_t* const common = left + trees * kTreeRows;  // of each tree
  uint32_t* const parting = common + trees;           // of each signal: the first split that is not no for all
  std::fill_n(common, trees, 0xffffffffu);
  for (size_t signal = 0; signal < signals; ++signal) {
    const float* const values = rows + signal * kTreeRows;
    const float least = *std::min_element(values, values + kTreeRows);
    const uint32_t end = table.begins[signal + 1];
    uint32_t split = table.begins[signal];
    for (; split < end && thresholds[split] <= least; ++split) common[trees_of_splits[split]] &= kept_leaves[split];
    parting[signal] = split;
  }
  for (size_t tree = 0; tree < trees; ++tree) {
    const auto of_all = hn::Set(du, common[tree]);
    for (size_t row = 0; row < kTreeRows; row += lanes) hn::Store(of_all, du, left + tree * kTreeRows + row);
  }
  for (size_t signal = 0; signal < signals; ++signal) {
    const float* const values = rows + signal * kTreeRows;
    const float most = *std::max_element(values, values + kTreeRows);
    const uint32_t end = table.begins[signal + 1];
    for (uint32_t split = parting[signal]; split < end && thresholds[split] <= most; ++split) {
      const auto threshold = hn::Set(d, thresholds[split]);
      const auto kept = hn::Set(du, kept_leaves[split]);
      uint32_t* const of_tree = left + trees_of_splits[split] * kTreeRows;
      for (size_t row = 0; row < kTreeRows; row += lanes) {
        const auto yes = hn::VecFromMask(du, hn::RebindMask(du, hn::Lt(hn::Load(d, values + row), threshold)));
        hn::Store(hn::And(hn::Load(du, of_tree + row), hn::Or(yes, kept)), du, of_tree + row);
      }
    }
  }
  alignas(64) float reached[kTreeRows];
  for (size_t tree = 0; tree < trees; ++tree) {
    for (size_t row = 0; row < kTreeRows; row += lanes) {
      const auto leaves = hn::Load(du, left + tree * kTreeRows + row);
      const auto first = hn::BitCast(di, hn::And(leaves, hn::Sub(hn::Zero(du), leaves)));
      // The exponent of a power of two is its place; the sign of the highest one does not count.
      const auto exponent = hn::And(hn::ShiftRight<23>(hn::BitCast(du, hn::ConvertTo(d, first))), hn::Set(du, 0xffu));
      const auto place = hn::BitCast(di, hn::Sub(exponent, hn::Set(du, 127u)));
      hn::Store(hn::GatherIndex(d, table.leaves.data() + tree * kTreeLeaves, place), d, reached + row);
    }
    for (size_t row = 0; row < kTreeRows; row += hn::Lanes(ds)) {
      hn::StoreU(hn::Add(hn::LoadU(ds, sums + row), hn::PromoteTo(ds, hn::LoadU(d_half, reached + row))), ds,
                 sums + row);
    }
  }
}

}  // namespace unspin::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace unspin {

HWY_EXPORT(ScoreTreesVariant);

void ScoreTrees(const TreeTable& table, const float* rows, std::vector<uint32_t>& memory, double* sums) {
  ChooseKernels();
  constexpr size_t kVector = 64;  // bytes that the masks are aligned to
  const size_t trees = table.leaves.size() / kTreeLeaves;
  memory.resize(trees * (kTreeRows + 1) + table.begins.size() + kVector / sizeof(uint32_t));
  auto address = reinterpret_cast<uintptr_t>(memory.data());
  address = (address + kVector - 1) / kVector * kVector;
  HWY_DYNAMIC_DISPATCH(ScoreTreesVariant)(table, rows, reinterpret_cast<uint32_t*>(address), sums);
}

}  // namespace unspin
#endif
