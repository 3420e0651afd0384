// Positions → the indices of a longest strictly increasing subsequence, by patience sorting.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace unspin {

// Indices ascend, and so do their positions. O(n log n) time, O(n) memory (Schensted 1961; Aldous and Diaconis, Longest
// increasing subsequences: from patience sorting to the Baik-Deift-Johansson theorem, Bulletin of the AMS 1999).
template <typename Position>
std::vector<uint32_t> LongestIncreasing(std::span<const Position> positions) {
  constexpr uint32_t kNone = 0xffffffffu;
  std::vector<uint32_t> tops;                            // of each pile of cards the index on top; positions ascend
  std::vector<uint32_t> predecessors(positions.size());  // the top of the pile to the left when the index was laid
  for (uint32_t i = 0; i < positions.size(); ++i) {
    const auto pile =
        std::lower_bound(tops.begin(), tops.end(), positions[i],
                         [&](uint32_t top, const Position& position) { return positions[top] < position; });
    predecessors[i] = pile == tops.begin() ? kNone : *(pile - 1);
    if (pile == tops.end()) {
      tops.push_back(i);
    } else {
      *pile = i;
    }
  }
  std::vector<uint32_t> longest(tops.size());
  uint32_t index = tops.empty() ? kNone : tops.back();
  for (size_t at = longest.size(); at-- > 0; index = predecessors[index]) longest[at] = index;
  return longest;
}

}  // namespace unspin
