// Signals → the likelihood ratio of derivation: an additive logistic model whose curves are data with their provenance.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "unspin/verdict/curve.h"
#include "unspin/verdict/signals.h"

namespace unspin {

// evidence = calibrate(bias + Σ curve(signal)), in log10 of the likelihood ratio: a generalized additive model (Hastie
// and Tibshirani, Statistical Science 1986), so that each signal's part in the evidence can be told.
// `calibrate` is piecewise linear and strictly increasing, so that it never changes a ranking.
struct DerivationModel {
  std::string name;
  double bias = 0;
  double named_from = 0;                   // evidence from which a pair is named a derivation
  std::array<Curve, kSignalCount> curves;  // each 0 on average over the pairs it was fitted on
  Curve calibrate;                         // ascending on both sides; empty: the sum is the evidence

  // The model built into the program; its coefficients stand in core/unspin/verdict/derivation-model.tsv.
  static const DerivationModel& Default();
  // Reads the same format from a string. Errors name the line.
  static absl::StatusOr<DerivationModel> Parse(std::string_view tsv);

  double Log10LikelihoodRatio(const Signals& signals) const;
};

// Probability of derivation for a prior.
double ProbabilityOf(double evidence, double prior);

}  // namespace unspin
