#include "unspin/align/collinear_chain.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstddef>

namespace unspin {
namespace {

constexpr size_t kMaxLookBack = 4800;  // matches before a match that its predecessor is looked for among
constexpr double kBendCost = 0.06;     // of each word by which a step leaves the diagonal
constexpr double kMaxBendCost = 4;     // of one step: paragraphs may change places

}  // namespace

std::vector<LinePoint> HeaviestChain(std::vector<WeightedMatch> matches) {
  if (matches.empty()) return {};
  std::sort(matches.begin(), matches.end(), [](const WeightedMatch& a, const WeightedMatch& b) {
    return a.suspect != b.suspect ? a.suspect < b.suspect : a.original < b.original;
  });
  const size_t n = matches.size();
  std::vector<double> best(n);     // of the chains that end here
  std::vector<double> highest(n);  // of the chains that end here or before
  std::vector<size_t> predecessors(n);
  size_t last = 0;
  for (size_t i = 0; i < n; ++i) {
    const auto [x, y, weight] = matches[i];
    best[i] = weight;
    predecessors[i] = i;
    for (size_t j = i; j-- > i - std::min(i, kMaxLookBack);) {
      if (highest[j] + weight <= best[i]) break;  // no chain up to here is better, not even a straight one
      if (matches[j].original >= y) continue;
      const double bend =
          std::abs((static_cast<double>(x) - matches[j].suspect) - (static_cast<double>(y) - matches[j].original));
      const double sum = best[j] + weight - std::min(kMaxBendCost, kBendCost * bend);
      if (sum > best[i]) {
        best[i] = sum;
        predecessors[i] = j;
      }
    }
    if (best[i] > best[last]) last = i;
    highest[i] = best[last];
  }
  std::vector<LinePoint> points;
  for (size_t at = last;; at = predecessors[at]) {
    points.push_back({static_cast<double>(matches[at].suspect), static_cast<double>(matches[at].original)});
    if (predecessors[at] == at) break;
  }
  std::reverse(points.begin(), points.end());
  return points;
}

std::vector<double> ExpectedPositions(const std::vector<LinePoint>& points, TokenSpan tokens) {
  assert(!points.empty());
  assert(std::is_sorted(points.begin(), points.end(), [](const LinePoint& a, const LinePoint& b) {
    return a.suspect < b.suspect && a.original < b.original;
  }));
  const LinePoint first = points.front(), last = points.back();
  std::vector<double> expected;
  expected.reserve(tokens.size());
  auto right = points.begin();  // the first point behind the token
  for (uint32_t token = tokens.begin; token < tokens.end; ++token) {
    const double x = token;
    while (right != points.end() && right->suspect <= x) ++right;
    if (x <= first.suspect) {
      expected.push_back(first.original - (first.suspect - x));
    } else if (x >= last.suspect) {
      expected.push_back(last.original + (x - last.suspect));
    } else {
      const auto [x0, y0] = *(right - 1);
      const auto [x1, y1] = *right;
      expected.push_back(y0 + (x - x0) * (y1 - y0) / (x1 - x0));
    }
  }
  return expected;
}

}  // namespace unspin
