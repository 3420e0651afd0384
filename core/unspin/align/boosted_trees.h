// Small decision trees whose leaves add up to a log-odds; kept as data (Friedman, Annals of Statistics 2001).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace unspin {

struct BoostedTrees {
  static constexpr uint16_t kLeaf = 0xffff;
  struct Node {       // eight bytes: a model of thousands of nodes stays in the second-level cache
    float value = 0;  // of a leaf: what it adds
    uint16_t signal = kLeaf;
    uint16_t otherwise = 0;  // nodes to go on where the signal is not below `value`; else one
  };

  double bias = 0;
  std::vector<Node> nodes;  // each tree in prefix order
  std::vector<uint32_t> roots;

  // REQUIRES: as many signals as there were names. Positive: yes.
  double operator()(std::span<const double> signals) const;

  // One tree in prefix order: `name<value` and what follows if so, then what follows if not; a bare number is a leaf.
  // Errors say what is wrong, without the line.
  absl::Status AddTree(std::span<const std::string> fields, std::span<const std::string_view> names);
  std::string TreeText(uint32_t root, std::span<const std::string_view> names) const;
};

}  // namespace unspin
