#include "unspin/trees/boosted_trees.h"

#include <algorithm>
#include <cassert>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <limits>

namespace unspin {
namespace {

bool ParseNumber(std::string_view text, float& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() && std::isfinite(value);
}

std::string NumberText(float value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.5g", static_cast<double>(value));
  return text;
}

}  // namespace

double BoostedTrees::Score(std::span<const double> signals) const {
  double sum = bias;
  for (const uint32_t root : roots) {
    const Node* node = &nodes[root];
    while (node->signal != kLeaf) {
      assert(node->signal < signals.size());
      node += static_cast<float>(signals[node->signal]) < node->value ? 1 : node->no_offset;
    }
    sum += static_cast<double>(node->value);
  }
  return sum;
}

absl::Status BoostedTrees::AddTree(std::span<const std::string> fields, std::span<const std::string_view> names) {
  const auto root = static_cast<uint32_t>(nodes.size());
  std::vector<size_t> open;  // splits whose tree for "no" is still to come
  bool complete = false;
  for (const std::string& field : fields) {
    if (complete) return absl::InvalidArgumentError("a tree goes on behind its last leaf");
    Node node;
    const size_t sign = field.find('<');
    if (sign != std::string::npos) {
      const auto name = std::find(names.begin(), names.end(), std::string_view(field).substr(0, sign));
      if (name == names.end()) return absl::InvalidArgumentError("unknown signal");
      node.signal = static_cast<uint16_t>(name - names.begin());
      open.push_back(nodes.size());
    }
    if (!ParseNumber(sign != std::string::npos ? std::string_view(field).substr(sign + 1) : field, node.value))
      return absl::InvalidArgumentError("a value is not a number");
    nodes.push_back(node);
    if (node.signal != kLeaf) continue;
    complete = open.empty();
    if (complete) continue;
    const size_t offset = nodes.size() - open.back();
    if (offset > std::numeric_limits<uint16_t>::max()) return absl::InvalidArgumentError("a tree is too large");
    nodes[open.back()].no_offset = static_cast<uint16_t>(offset);
    open.pop_back();
  }
  if (!complete) return absl::InvalidArgumentError("a tree lacks leaves");
  roots.push_back(root);
  return absl::OkStatus();
}

std::string BoostedTrees::TreeText(uint32_t root, std::span<const std::string_view> names) const {
  assert(std::find(roots.begin(), roots.end(), root) != roots.end());
  std::string text;
  // A split asks for two trees in place of one: the text is complete when no tree is missing.
  uint32_t missing = 1;
  for (uint32_t at = root; missing > 0; ++at) {
    if (at != root) text += '\t';
    const Node& node = nodes[at];
    if (node.signal != kLeaf) {
      text += names[node.signal];
      text += '<';
      ++missing;
    } else {
      --missing;
    }
    text += NumberText(node.value);
  }
  return text;
}

}  // namespace unspin
