#include "unspin/kernels/score_trees.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "unspin/kernels/score_trees.cc"
#include <hwy/foreach_target.h>  // IWYU pragma: keep
#include <hwy/highway.h>

#include "unspin/kernels/variant.h"

HWY_BEFORE_NAMESPACE();
namespace unspin::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Bytes = hn::CappedTag<uint8_t, kTreeRows>;
using Sums = hn::CappedTag<double, kTreeRows>;
using Values = hn::CappedTag<int32_t, kTreeRows>;

// Says in `yes` which values are below the threshold; returns the least of the others, or kEnd's threshold.
HWY_INLINE int32_t Compare(const int32_t* values, int32_t threshold, uint8_t* yes) {
  const Values d;
  const hn::Rebind<int8_t, Values> d8;
  const auto none = hn::Set(d, TreeTable::kEnd.threshold), limit = hn::Set(d, threshold);
  auto least = none;
  for (size_t row = 0; row < kTreeRows; row += hn::Lanes(d)) {
    const auto value = hn::LoadU(d, values + row);
    const auto below = hn::Lt(value, limit);
    least = hn::Min(least, hn::IfThenElse(below, none, value));
    // Not TruncateTo: in Highway 1.0.3 it takes other lanes for avx3_dl.
    hn::StoreU(hn::DemoteTo(d8, hn::VecFromMask(d, below)), d8, reinterpret_cast<int8_t*>(yes) + row);
  }
  return hn::GetLane(hn::MinOfLanes(d, least));
}

// Each byte of a tree, kTreeRows times.
HWY_INLINE void FillRows(const uint8_t* bytes, size_t trees, uint8_t* rows) {
#if HWY_TARGET <= HWY_AVX3
  const hn::Full512<uint8_t> d;
  const hn::Full512<uint32_t> d32;
  alignas(16) static constexpr std::array<uint8_t, 64> kByteOfRow = [] {
    std::array<uint8_t, 64> places{};
    for (size_t i = 0; i < places.size(); ++i) places[i] = static_cast<uint8_t>(i / kTreeRows);
    return places;
  }();
  const auto byte_of_row = hn::LoadU(d, kByteOfRow.data());
  for (size_t tree = 0; tree < trees; ++tree) {
    uint32_t of_tree;
    std::memcpy(&of_tree, bytes + tree * kTreeBytes, sizeof of_tree);
    const auto repeated = hn::TableLookupBytes(hn::BitCast(d, hn::Set(d32, of_tree)), byte_of_row);
    hn::Store(repeated, d, rows + tree * kTreeBytes * kTreeRows);
  }
#else
  const Bytes d;
  for (size_t at = 0; at < trees * kTreeBytes * kTreeRows; at += hn::Lanes(d))
    hn::Store(hn::Set(d, bytes[at / kTreeRows]), d, rows + at);
#endif
}

#if HWY_TARGET <= HWY_AVX3
// All rows at once: the leaf is the number of zeros below the lowest bit, which is the exponent of the number that this
// bit is.
HWY_INLINE void AddLeaves(const TreeTable& table, const uint8_t* left, double* sums) {
  const hn::Full512<double> ds;
  const hn::Full256<float> d_half;
  const hn::Full512<float> df;
  const hn::Full512<int32_t> di;
  const hn::Full512<uint32_t> du;
  const hn::Full128<uint8_t> d8;
  static_assert(kTreeRows == 16 && kTreeLeaves == 32);
  auto low = hn::LoadU(ds, sums), high = hn::LoadU(ds, sums + 8);
  for (size_t at = 0; at < table.leaves.size(); at += kTreeLeaves, left += kTreeBytes * kTreeRows) {
    const auto byte = [&](size_t number) { return hn::PromoteTo(du, hn::Load(d8, left + number * kTreeRows)); };
    const auto bits = hn::Or(hn::Or(byte(0), hn::ShiftLeft<8>(byte(1))),
                             hn::Or(hn::ShiftLeft<16>(byte(2)), hn::ShiftLeft<24>(byte(3))));
    const auto lowest = hn::And(bits, hn::Sub(hn::Zero(du), bits));
    const auto exponent = hn::ShiftRight<23>(hn::BitCast(du, hn::ConvertTo(df, hn::BitCast(di, lowest))));
    const auto leaf = hn::And(hn::Sub(exponent, hn::Set(du, 127)), hn::Set(du, kTreeLeaves - 1));
    const auto place = hn::IndicesFromVec(df, hn::BitCast(di, hn::And(leaf, hn::Set(du, 15))));
    const auto first = hn::TableLookupLanes(hn::LoadU(df, &table.leaves[at]), place),
               second = hn::TableLookupLanes(hn::LoadU(df, &table.leaves[at + 16]), place);
    const auto reached =
        hn::IfThenElse(hn::RebindMask(df, hn::Gt(hn::BitCast(di, leaf), hn::Set(di, 15))), second, first);
    low = hn::Add(low, hn::PromoteTo(ds, hn::LowerHalf(d_half, reached)));
    high = hn::Add(high, hn::PromoteTo(ds, hn::UpperHalf(d_half, reached)));
  }
  hn::StoreU(low, ds, sums);
  hn::StoreU(high, ds, sums + 8);
}
#endif

// `parting`: of each signal, the first cut that is not made in the rows of all blocks; `common`: what the others keep.
void ScoreTreesVariant(const TreeTable& table, const int32_t* rows, const uint8_t* common, const uint32_t* parting,
                       uint8_t* left, double* sums) {
  constexpr size_t kTogether = 16;  // trees
  const Bytes d;
  const Sums ds;
  const hn::Rebind<float, Sums> d_half;
  const size_t lanes = hn::Lanes(d), trees = table.leaves.size() / kTreeLeaves;
  FillRows(common, trees, left);
  for (size_t signal = 0; signal < table.begins.size(); ++signal) {
    const int32_t* const values = rows + signal * kTreeRows;
    for (const TreeCut* cut = table.cuts.data() + parting[signal];;) {
      alignas(kTreeRows) uint8_t yes[kTreeRows];
      const int32_t next = Compare(values, cut->threshold, yes);
      if (next == TreeTable::kEnd.threshold) break;
      for (; cut->threshold <= next; ++cut) {
        uint8_t* const bytes = left + cut->place;
        const auto kept = hn::Set(d, cut->kept);
        for (size_t row = 0; row < kTreeRows; row += lanes)
          hn::Store(hn::And(hn::Load(d, bytes + row), hn::Or(hn::Load(d, yes + row), kept)), d, bytes + row);
      }
    }
  }
#if HWY_TARGET <= HWY_AVX3
  AddLeaves(table, left, sums);
#else
  // Added up afterwards, when what is written one row after the other can be read as vectors.
  alignas(64) float reached[kTogether][kTreeRows];
  const float* leaves = table.leaves.data();
  for (size_t first = 0; first < trees; first += kTogether) {
    const size_t some = std::min(kTogether, trees - first);
    for (size_t tree = 0; tree < some; ++tree, leaves += kTreeLeaves, left += kTreeBytes * kTreeRows) {
      alignas(64) uint32_t of_rows[kTreeRows];
      for (size_t row = 0; row < kTreeRows; row += lanes) {
        const auto byte = [&](size_t number) { return hn::Load(d, left + number * kTreeRows + row); };
        hn::StoreInterleaved4(byte(0), byte(1), byte(2), byte(3), d, reinterpret_cast<uint8_t*>(of_rows + row));
      }
      for (size_t row = 0; row < kTreeRows; ++row) reached[tree][row] = leaves[std::countr_zero(of_rows[row])];
    }
    for (size_t row = 0; row < kTreeRows; row += hn::Lanes(ds)) {
      auto sum = hn::LoadU(ds, sums + row);
      for (size_t tree = 0; tree < some; ++tree)
        sum = hn::Add(sum, hn::PromoteTo(ds, hn::Load(d_half, &reached[tree][row])));
      hn::StoreU(sum, ds, sums + row);
    }
  }
#endif
}

}  // namespace unspin::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace unspin {

HWY_EXPORT(ScoreTreesVariant);

void ScoreTrees(const TreeTable& table, std::span<const int32_t> rows, double* sums) {
  ChooseKernels();
  const size_t trees = table.leaves.size() / kTreeLeaves, signals = table.begins.size(), block = signals * kTreeRows;
  // What the rows have in common is done once: many signals are of what all of them belong to.
  std::vector<uint8_t> common(trees * kTreeBytes, 0xff);
  std::vector<uint32_t> parting(signals);
  for (size_t signal = 0; signal < signals; ++signal) {
    int32_t least = TreeTable::kEnd.threshold - 1;
    for (size_t first = signal * kTreeRows; first < rows.size(); first += block)
      least = std::min(least, *std::min_element(&rows[first], &rows[first] + kTreeRows));
    uint32_t cut = table.begins[signal];
    for (; table.cuts[cut].threshold <= least; ++cut) common[table.cuts[cut].place / kTreeRows] &= table.cuts[cut].kept;
    parting[signal] = cut;
  }
  constexpr size_t kLine = 64;  // bytes, and what a tree has
  static_assert(kTreeBytes * kTreeRows == kLine);
  std::vector<uint8_t> memory((trees + 1) * kLine);
  uint8_t* const left = memory.data() + (kLine - reinterpret_cast<uintptr_t>(memory.data()) % kLine);
  for (size_t first = 0; first < rows.size(); first += block, sums += kTreeRows)
    HWY_DYNAMIC_DISPATCH(ScoreTreesVariant)(table, rows.data() + first, common.data(), parting.data(), left, sums);
}

}  // namespace unspin
#endif
