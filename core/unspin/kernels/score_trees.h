// Rows of signals → the leaf that each reaches in every tree, added up.
//
// A tree is not walked: each split whose answer is no takes the leaves below its first branch away, and the first leaf
// that is left is the one reached (QuickScorer: Lucchese and others, SIGIR 2015), for a block of rows at once. Splits
// are asked in ascending order of their thresholds, one signal after the other: those that all rows answer alike are
// not looked at in every block, or not at all.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace unspin {

inline constexpr size_t kTreeRows = 16;    // scored at once
inline constexpr size_t kTreeLeaves = 32;  // of a tree, at most

// What a split takes away where its answer is no.
struct TreeCut {
  int32_t threshold;  // AscendingBits; yes: the signal is below
  uint32_t tree;
  uint32_t kept;  // bit i: the tree's leaf i stays
};

struct TreeTable {
  static constexpr TreeCut kEnd = {std::numeric_limits<int32_t>::max(), 0, 0};

  std::vector<uint32_t> begins;  // of each signal's cuts
  std::vector<TreeCut> cuts;     // ascending for each signal; behind the last one stands kEnd
  std::vector<float> leaves;     // kTreeLeaves for each tree
};

// Integers that compare as the numbers do; -0 is 0.
inline int32_t AscendingBits(float number) {
  const auto bits = std::bit_cast<int32_t>(number + 0.0f);
  return bits ^ ((bits >> 31) & 0x7fffffff);
}

// `rows`: blocks of kTreeRows values of the first signal, then of the next, as AscendingBits; no NaN. `sums` of
// kTreeRows rows a block: to each is added what its leaves hold, one tree after the other.
void ScoreTrees(const TreeTable& table, std::span<const int32_t> rows, double* sums);

}  // namespace unspin
