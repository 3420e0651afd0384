// Signals → the likelihood ratio of derivation: a logistic model whose coefficients are data with their provenance.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "unspin/verdict/signals.h"

namespace unspin {

// evidence = calibrate(bias + Σ weight · (signal − center)), in log10 of the likelihood ratio.
// `calibrate` is piecewise linear and strictly increasing, so that it never changes a ranking.
struct DerivationModel {
  std::string name;
  double bias = 0;
  double named_from = 0;  // evidence from which a pair is named a derivation
  std::array<double, kSignalCount> center{};
  std::array<double, kSignalCount> weight{};
  std::vector<std::pair<double, double>> knots;  // raw → calibrated, both ascending

  // The model built into the program; its coefficients stand in core/unspin/verdict/derivation-model.tsv.
  static const DerivationModel& Default();
  // Reads the same format from a string. Errors name the line.
  static absl::StatusOr<DerivationModel> Parse(std::string_view tsv);

  double Evidence(const Signals& signals) const;
};

// Probability of derivation for a prior.
double ProbabilityOf(double evidence, double prior);

}  // namespace unspin
