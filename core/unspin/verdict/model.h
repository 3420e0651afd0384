// Signals → the likelihood ratio of derivation: additive logistic models whose curves are data with their provenance.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "unspin/verdict/curve.h"
#include "unspin/verdict/signals.h"

namespace unspin {

inline constexpr std::string_view kPartHypothesis = "part";  // in model files

// One way of taking: as a whole, in new words, or in part, within a text of its own. A generalized additive model
// (Hastie and Tibshirani, Statistical Science 1986), so that each signal's part in the evidence can be told.
struct DerivationHypothesis {
  std::string name;
  double bias = 0;
  PerSignal<Curve> curves;  // each rises, and is 0 on average over the pairs that it was fitted on
  friend bool operator==(const DerivationHypothesis&, const DerivationHypothesis&) = default;

  // log10 of the likelihood ratio, not calibrated: bias + Σ curve(signal).
  double Sum(const Signals& signals) const;
};

// log10 of the likelihood ratio = calibrate(log10 of the mean over the hypotheses of 10^sum): whoever takes does so in
// one way or the other. `calibrate` is piecewise linear and strictly increasing, so that it never changes a ranking.
struct DerivationModel {
  std::string name;
  double named_from = 0;  // log10 of the likelihood ratio from which a pair is named a derivation, at even odds
  std::vector<DerivationHypothesis> hypotheses;  // at least one
  Curve calibrate;                               // ascending on both sides; empty: the sum is the result

  // The model built into the program; its coefficients are in core/unspin/verdict/derivation-model.tsv.
  static const DerivationModel& Default();
  // Reads the same format from a string. Errors name the line. A signal without a curve is no error and weighs nothing:
  // ablation (bench/quality/ablate.py) leaves signals out. A signal that the program does not know is an error.
  static absl::StatusOr<DerivationModel> Parse(std::string_view tsv);

  double Log10LikelihoodRatio(const Signals& signals) const;
  // The same before it is calibrated.
  double Raw(const Signals& signals) const;
  // The hypothesis with the greatest sum: the one that a reader is told about.
  const DerivationHypothesis& LikeliestHypothesis(const Signals& signals) const;
};

// Probability of derivation. `prior` is that before the evidence.
double ProbabilityOf(double log10_likelihood_ratio, double prior);

}  // namespace unspin
