// Boosted trees, laid out to score many rows of signals at once (QuickScorer, kernels/score_trees.h).
#pragma once

#include <span>
#include <vector>

#include "unspin/kernels/score_trees.h"
#include "unspin/trees/boosted_trees.h"

namespace unspin {

// Gives the same scores as BoostedTrees::Score, to the bit.
class TreeScorer {
 public:
  TreeScorer() = default;
  explicit TreeScorer(BoostedTrees trees);

  // One score per row. REQUIRES: each row has as many signals as there were names.
  std::vector<double> Score(std::span<const std::span<const double>> rows) const;

  const BoostedTrees& trees() const { return trees_; }

 private:
  BoostedTrees trees_;
  TreeTable table_;  // empty if a tree has too many leaves for it: all trees are walked then
};

}  // namespace unspin
