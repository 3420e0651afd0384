// Boosted trees, laid out to score many rows of signals at once.
#pragma once

#include <span>
#include <vector>

#include "unspin/align/boosted_trees.h"
#include "unspin/kernels/score_trees.h"

namespace unspin {

// Gives what the trees give, to the bit.
class TreeScorer {
 public:
  TreeScorer() = default;
  explicit TreeScorer(BoostedTrees trees);

  // One sum for each row of as many signals as the trees know.
  std::vector<double> Score(std::span<const std::span<const double>> rows) const;

  const BoostedTrees& trees() const { return trees_; }

 private:
  BoostedTrees trees_;
  TreeTable table_;  // empty where a tree has too many leaves: then all are walked
};

}  // namespace unspin
