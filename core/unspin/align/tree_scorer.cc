#include "unspin/align/tree_scorer.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

namespace unspin {
namespace {

struct Split {
  uint16_t signal;
  float threshold;
  uint32_t tree, kept;
};

// Reads the tree from `node` on; `leaf` is the next one's number. Returns the node behind it.
const BoostedTrees::Node* AddSplits(const BoostedTrees::Node* node, uint32_t tree, uint32_t& leaf,
                                    std::vector<float>& leaves, std::vector<Split>& splits) {
  if (node->signal == BoostedTrees::kLeaf) {
    if (leaf < kTreeLeaves) leaves[tree * kTreeLeaves + leaf] = node->value;
    ++leaf;
    return node + 1;
  }
  const uint32_t first = leaf;
  const BoostedTrees::Node* const otherwise = AddSplits(node + 1, tree, leaf, leaves, splits);
  if (leaf < kTreeLeaves) splits.push_back({node->signal, node->value, tree, ~((1u << leaf) - (1u << first))});
  return AddSplits(otherwise, tree, leaf, leaves, splits);
}

}  // namespace

TreeScorer::TreeScorer(BoostedTrees trees) : trees_(std::move(trees)) {
  std::vector<Split> splits;
  TreeTable table;
  table.leaves.resize(trees_.roots.size() * kTreeLeaves);
  for (uint32_t tree = 0; tree < trees_.roots.size(); ++tree) {
    uint32_t leaves = 0;
    AddSplits(&trees_.nodes[trees_.roots[tree]], tree, leaves, table.leaves, splits);
    if (leaves > kTreeLeaves) return;
  }
  std::stable_sort(splits.begin(), splits.end(), [](const Split& a, const Split& b) {
    return a.signal != b.signal ? a.signal < b.signal : a.threshold < b.threshold;
  });
  for (const Split& split : splits) {
    while (table.begins.size() <= split.signal) table.begins.push_back(static_cast<uint32_t>(table.thresholds.size()));
    table.thresholds.push_back(split.threshold);
    table.trees.push_back(split.tree);
    table.kept.push_back(split.kept);
  }
  table.begins.push_back(static_cast<uint32_t>(table.thresholds.size()));
  table_ = std::move(table);
}

std::vector<double> TreeScorer::Score(std::span<const std::span<const double>> rows) const {
  std::vector<double> sums;
  sums.reserve(rows.size() + kTreeRows);
  if (table_.begins.empty()) {
    for (const std::span<const double> row : rows) sums.push_back(trees_(row));
    return sums;
  }
  const size_t signals = table_.begins.size() - 1;
  std::vector<float> block(signals * kTreeRows + kTreeRows);
  float* const values = block.data() + (64 - reinterpret_cast<uintptr_t>(block.data()) % 64) / sizeof(float);
  std::vector<uint32_t> left;
  for (size_t first = 0; first < rows.size(); first += kTreeRows) {
    for (size_t i = 0; i < kTreeRows; ++i) {
      const std::span<const double> row = rows[std::min(first + i, rows.size() - 1)];
      for (size_t signal = 0; signal < signals; ++signal) {
        const auto value = static_cast<float>(row[signal]);
        // What is no number is below nothing, and neither is infinity.
        values[signal * kTreeRows + i] = std::isnan(value) ? std::numeric_limits<float>::infinity() : value;
      }
    }
    std::array<double, kTreeRows> of_block;
    of_block.fill(trees_.bias);
    ScoreTrees(table_, values, left, of_block.data());
    sums.insert(sums.end(), of_block.begin(),
                of_block.begin() + static_cast<std::ptrdiff_t>(std::min(kTreeRows, rows.size() - first)));
  }
  return sums;
}

}  // namespace unspin
