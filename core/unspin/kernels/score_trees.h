// Rows of signals → the leaf that each reaches in every tree, added up.
//
// A tree is not walked: each split whose answer is no takes the leaves below its first branch away, and the first leaf
// that is left is the one reached (QuickScorer: Lucchese and others, SIGIR 2015), for a vector of rows at once
// (Lucchese and others, SIGIR 2016). Splits are asked in ascending order of their thresholds, one signal after the
// other, so that those whose answer is yes for all rows are never looked at, and those whose answer is no for all are
// settled by one number for each tree.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace unspin {

inline constexpr size_t kTreeRows = 16;    // scored at once
inline constexpr size_t kTreeLeaves = 32;  // of a tree, at most

struct TreeTable {
  std::vector<uint32_t> begins;   // of each signal's splits, and the end of the last one's
  std::vector<float> thresholds;  // ascending for each signal; yes: the signal is below
  std::vector<uint32_t> trees;    // that a split is in
  std::vector<uint32_t> kept;     // bit i: leaf i stays where the answer is no
  std::vector<float> leaves;      // kTreeLeaves for each tree
};

// `rows`: kTreeRows values of the first signal, then of the next; no NaN. `sums` of kTreeRows rows: to each is added
// what its leaves hold, one tree after the other. `memory`: scratch.
void ScoreTrees(const TreeTable& table, const float* rows, std::vector<uint32_t>& memory, double* sums);

}  // namespace unspin
