#include "unspin/align/boosted_trees.h"

#include <algorithm>
#include <charconv>
#include <cmath>
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

double BoostedTrees::operator()(std::span<const double> signals) const {
  double sum = bias;
  for (const uint32_t root : roots) {
    const Node* at = &nodes[root];
    while (at->signal != kLeaf) at += static_cast<float>(signals[at->signal]) < at->value ? 1 : at->otherwise;
    sum += static_cast<double>(at->value);
  }
  return sum;
}

absl::Status BoostedTrees::AddTree(std::span<const std::string> fields, std::span<const std::string_view> names) {
  const auto first = static_cast<uint32_t>(nodes.size());
  std::vector<uint32_t> open;  // splits whose second branch is still to come
  bool complete = false;
  for (const std::string& field : fields) {
    if (complete) return absl::InvalidArgumentError("a tree goes on behind its last leaf");
    Node node;
    const size_t sign = field.find('<');
    if (sign == std::string::npos) {
      if (!ParseNumber(field, node.value)) return absl::InvalidArgumentError("a value is not a number");
      nodes.push_back(node);
      complete = open.empty();
      if (!complete) {
        const size_t steps = nodes.size() - open.back();
        if (steps > std::numeric_limits<uint16_t>::max()) return absl::InvalidArgumentError("a tree is too large");
        nodes[open.back()].otherwise = static_cast<uint16_t>(steps);
        open.pop_back();
      }
    } else {
      const auto name = std::find(names.begin(), names.end(), std::string_view(field).substr(0, sign));
      if (name == names.end()) return absl::InvalidArgumentError("unknown signal");
      if (!ParseNumber(std::string_view(field).substr(sign + 1), node.value))
        return absl::InvalidArgumentError("a value is not a number");
      node.signal = static_cast<uint16_t>(name - names.begin());
      open.push_back(static_cast<uint32_t>(nodes.size()));
      nodes.push_back(node);
    }
  }
  if (!complete) return absl::InvalidArgumentError("a tree lacks leaves");
  roots.push_back(first);
  return absl::OkStatus();
}

std::string BoostedTrees::TreeText(uint32_t root, std::span<const std::string_view> names) const {
  std::string text;
  // A tree of n splits has n + 1 leaves: it is complete when as many leaves as open places were written.
  uint32_t places = 1;
  for (uint32_t at = root; places > 0; ++at) {
    if (at != root) text += '\t';
    const Node& node = nodes[at];
    if (node.signal != kLeaf) {
      text += names[node.signal];
      text += '<';
      ++places;
    } else {
      --places;
    }
    text += NumberText(node.value);
  }
  return text;
}

}  // namespace unspin
