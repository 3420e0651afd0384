#include "unspin/trees/tree_scorer.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>

namespace unspin {
namespace {

struct Split {
  uint16_t signal;
  float threshold;
  uint32_t tree;
  uint32_t kept;  // bit i: leaf i of the tree can still be reached if the answer is no
};

// Adds the splits and leaves of the subtree at `node`. `leaf` is the number of its first leaf in the tree, and becomes
// that of the next one. Returns the node behind the subtree.
const BoostedTrees::Node* AddSubtree(const BoostedTrees::Node* node, uint32_t tree, uint32_t& leaf,
                                     std::vector<float>& leaves, std::vector<Split>& splits) {
  if (node->signal == BoostedTrees::kLeaf) {
    if (leaf < kTreeLeaves) leaves[tree * kTreeLeaves + leaf] = node->value;
    ++leaf;
    return node + 1;
  }
  const uint32_t first = leaf;
  const BoostedTrees::Node* const no = AddSubtree(node + 1, tree, leaf, leaves, splits);
  if (leaf < kTreeLeaves) splits.push_back({node->signal, node->value, tree, ~((1u << leaf) - (1u << first))});
  return AddSubtree(no, tree, leaf, leaves, splits);
}

}  // namespace

TreeScorer::TreeScorer(BoostedTrees trees) : trees_(std::move(trees)) {
  std::vector<Split> splits;
  TreeTable table;
  table.leaves.resize(trees_.roots.size() * kTreeLeaves);
  for (uint32_t tree = 0; tree < trees_.roots.size(); ++tree) {
    uint32_t leaves = 0;
    AddSubtree(&trees_.nodes[trees_.roots[tree]], tree, leaves, table.leaves, splits);
    if (leaves > kTreeLeaves) return;
  }
  std::stable_sort(splits.begin(), splits.end(), [](const Split& a, const Split& b) {
    return a.signal != b.signal ? a.signal < b.signal : a.threshold < b.threshold;
  });
  const size_t signals = splits.empty() ? 0 : splits.back().signal + size_t{1};
  for (auto split = splits.begin(); table.begins.size() < signals; table.cuts.push_back(TreeTable::kEnd)) {
    const size_t signal = table.begins.size();
    table.begins.push_back(static_cast<uint32_t>(table.cuts.size()));
    for (; split != splits.end() && split->signal == signal; ++split)
      table.cuts.push_back({AscendingBits(split->threshold), split->tree, split->kept});
  }
  table_ = std::move(table);
}

std::vector<double> TreeScorer::Score(std::span<const std::span<const double>> rows) const {
  std::vector<double> sums;
  if (table_.begins.empty()) {
    for (const std::span<const double> row : rows) sums.push_back(trees_.Score(row));
    return sums;
  }
  const size_t signals = table_.begins.size();
  assert(std::all_of(rows.begin(), rows.end(), [&](const auto& row) { return row.size() >= signals; }));
  const size_t blocks = (rows.size() + kTreeRows - 1) / kTreeRows;
  std::vector<int32_t> values(blocks * signals * kTreeRows);
  for (size_t at = 0; at < blocks * kTreeRows; ++at) {
    const std::span<const double> row = rows[std::min(at, rows.size() - 1)];  // the last row fills the last block
    int32_t* const first = values.data() + at / kTreeRows * signals * kTreeRows + at % kTreeRows;
    for (size_t signal = 0; signal < signals; ++signal) {
      const auto value = static_cast<float>(row[signal]);
      // NaN is below no threshold, and neither is infinity; the table holds no NaN.
      first[signal * kTreeRows] = AscendingBits(std::isnan(value) ? std::numeric_limits<float>::infinity() : value);
    }
  }
  sums.assign(blocks * kTreeRows, trees_.bias);
  ScoreTrees(table_, values, sums);
  sums.resize(rows.size());
  return sums;
}

}  // namespace unspin
