#include "unspin/verdict/family_weights.h"

#include <algorithm>
#include <cmath>

namespace unspin {
namespace {

double Sum(const PerFamily<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum;
}

// The sum at which the evidence is even.
double EvenSum(const Curve& calibrate) {
  Curve inverse;
  for (const auto& [raw, evidence] : calibrate) inverse.emplace_back(evidence, raw);
  return Evaluate(inverse, 0);
}

double RiseOf(const Curve& curve) {
  if (curve.empty()) return 0;
  const auto [low, high] =
      std::minmax_element(curve.begin(), curve.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  return high->second - low->second;
}

// Factors t of the positive numbers and 1/t of the negative ones that make their sum `total`.
void ScaleToSum(double total, PerFamily<double>& values) {
  double positive = 0, negative = 0;
  for (const double value : values) (value > 0 ? positive : negative) += std::abs(value);
  double grow = 1, shrink = 1;
  if (positive > 0 && negative > 0) {
    // grow · positive − negative / grow = total
    grow = (total + std::sqrt(total * total + 4 * positive * negative)) / (2 * positive);
    shrink = 1 / grow;
  } else if (positive > 0 && total > 0) {
    grow = total / positive;
  } else if (negative > 0 && total < 0) {
    shrink = -total / negative;
  }
  if (!std::isfinite(grow) || !std::isfinite(shrink)) return;
  for (const SignalFamily family : kAllFamilies) values[family] *= values[family] > 0 ? grow : shrink;
}

}  // namespace

PerFamily<double> FamilyParts(const Signals& signals, const DerivationModel& model) {
  const DerivationHypothesis& hypothesis = model.LikeliestHypothesis(signals);
  PerFamily<double> parts, rises;
  for (const Signal signal : kAllSignals) {
    parts[FamilyOf(signal)] += Evaluate(hypothesis.curves[signal], signals[signal]);
    rises[FamilyOf(signal)] += RiseOf(hypothesis.curves[signal]);
  }
  const double constant = model.Raw(signals) - EvenSum(model.calibrate) - Sum(parts), rise = Sum(rises);
  for (const SignalFamily family : kAllFamilies) parts[family] += rise > 0 ? constant * rises[family] / rise : 0;
  return parts;
}

PerFamily<double> FamilyWeights(const Signals& signals, const DerivationModel& model, const PerFamily<Shown>& shown) {
  PerFamily<double> weights = FamilyParts(signals, model);
  const double evidence = model.Log10LikelihoodRatio(signals), sum = Sum(weights);
  const double scale = sum != 0 ? std::abs(evidence / sum) : 1;
  bool all_shown = true;
  for (const SignalFamily family : kAllFamilies) {
    double& weight = weights[family];
    weight *= scale;
    const bool has_something = weight > 0 ? shown[family].shared : shown[family].own;
    if (weight == 0 || has_something) continue;
    weight = 0;
    all_shown = false;
  }
  if (!all_shown) ScaleToSum(evidence, weights);
  return weights;
}

}  // namespace unspin
