// Rows of signals → for each row the sum of the leaf values that it reaches in every tree.
//
// Trees are not walked. Each split whose answer is "no" removes the leaves of its "yes" branch from a bit mask, and the
// first leaf that remains is the one reached (QuickScorer: Lucchese and others, SIGIR 2015), for a block of rows at
// once. The splits of a signal ascend by threshold. Splits that all rows answer alike are applied once for all blocks.
#pragma once

#include <bit>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace unspin {

inline constexpr size_t kTreeRows = 16;    // rows of a block
inline constexpr size_t kTreeLeaves = 32;  // leaves of a tree at most

// A split: "is the signal below the threshold?"
struct TreeCut {
  int32_t threshold;  // as AscendingBits
  uint32_t tree;
  uint32_t kept;  // bit i: leaf i of the tree remains where the answer is no
};

struct TreeTable {
  static constexpr TreeCut kEnd = {std::numeric_limits<int32_t>::max(), 0, 0};

  std::vector<uint32_t> begins;  // for each signal the position of its first cut
  std::vector<TreeCut> cuts;     // of each signal by ascending threshold, and kEnd behind its last one
  std::vector<float> leaves;     // values, kTreeLeaves for each tree
};

// Integers that compare as the numbers do; -0 is 0. REQUIRES: not NaN.
inline int32_t AscendingBits(float number) {
  assert(number == number);
  const auto bits = std::bit_cast<int32_t>(number + 0.0f);
  return bits ^ ((bits >> 31) & 0x7fffffff);
}

// `rows` holds blocks: kTreeRows values of the first signal, then of the next, as AscendingBits. Adds the values of the
// leaves that each row reaches to its sum, in the order of the trees. REQUIRES: whole blocks, and kTreeRows sums for
// each.
void ScoreTrees(const TreeTable& table, std::span<const int32_t> rows, std::span<double> sums);

}  // namespace unspin
