// A piecewise linear function, kept as its points.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

namespace unspin {

// Points of ascending x; the function goes on straight beyond the first and the last. 0 without points.
using Curve = std::vector<std::pair<double, double>>;

inline double Evaluate(const Curve& curve, double x) {
  if (curve.empty()) return 0;
  if (curve.size() == 1) return curve.front().second;
  size_t i = 1;
  while (i + 1 < curve.size() && x > curve[i].first) ++i;
  const auto& [x0, y0] = curve[i - 1];
  const auto& [x1, y1] = curve[i];
  return y0 + (x - x0) * (y1 - y0) / (x1 - x0);
}

}  // namespace unspin
