// Signals → the likelihood ratio of derivation: an additive logistic model whose curves are data with their provenance.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "unspin/verdict/curve.h"
#include "unspin/verdict/signals.h"

namespace unspin {

// log10 of the likelihood ratio = calibrate(bias + Σ curve(signal)): a generalized additive model (Hastie and
// Tibshirani, Statistical Science 1986), so that each signal's part in the evidence can be told.
// `calibrate` is piecewise linear and strictly increasing, so that it never changes a ranking.
struct DerivationModel {
  std::string name;
  double bias = 0;
  double named_from = 0;    // log10 of the likelihood ratio from which a pair is named a derivation, at even odds
  PerSignal<Curve> curves;  // each 0 on average over the pairs that it was fitted on
  Curve calibrate;          // ascending on both sides; empty: the sum is the result

  // The model built into the program; its coefficients are in core/unspin/verdict/derivation-model.tsv.
  static const DerivationModel& Default();
  // Reads the same format from a string. Errors name the line. A signal without a curve is no error and weighs nothing:
  // ablation (bench/quality/ablate.py) leaves signals out. A signal that the program does not know is an error.
  static absl::StatusOr<DerivationModel> Parse(std::string_view tsv);

  double Log10LikelihoodRatio(const Signals& signals) const;
};

// Probability of derivation. `prior` is that before the evidence.
double ProbabilityOf(double log10_likelihood_ratio, double prior);

}  // namespace unspin
