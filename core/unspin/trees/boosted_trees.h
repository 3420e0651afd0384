// Small decision trees whose leaves add up to a log-odds, kept as data (gradient boosting: Friedman, Annals of
// Statistics 2001).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"

namespace unspin {

struct BoostedTrees {
  static constexpr uint16_t kLeaf = 0xffff;  // in place of a signal

  // A split asks whether a signal is below a threshold; "yes" leads to the next node.
  struct Node {       // eight bytes: a model of thousands of nodes stays in the second-level cache
    float value = 0;  // threshold of a split, or what a leaf adds
    uint16_t signal = kLeaf;
    uint16_t no_offset = 0;  // nodes from a split to the one that "no" leads to
  };

  double bias = 0;
  std::vector<Node> nodes;  // each tree in prefix order
  std::vector<uint32_t> roots;

  // The bias and one leaf of each tree, added up in the order of the trees. A positive score means yes.
  // REQUIRES: as many signals as there were names.
  double Score(std::span<const double> signals) const;

  // Adds one tree in prefix order. A split is `name<value`, followed by the tree for yes and the tree for no; a bare
  // number is a leaf. Errors say what is wrong, without the line; the trees are then unusable.
  absl::Status AddTree(std::span<const std::string> fields, std::span<const std::string_view> names);
  // The same text, fields separated by tabs. REQUIRES: `root` is one of `roots`.
  std::string TreeText(uint32_t root, std::span<const std::string_view> names) const;
};

}  // namespace unspin
