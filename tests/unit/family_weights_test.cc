#include "unspin/verdict/family_weights.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <string>

namespace unspin {
namespace {

// Three families have curves; the calibration is even at −1 and rises slowly beyond ±3.
DerivationModel MadeModel() {
  return *DerivationModel::Parse(
      "name\tmade\nhypothesis\tone\nbias\t0.5\n"
      "signal\tshared-4\t0\t-2\t1\t4\n"
      "signal\tnames\t0\t-1\t1\t1\n"
      "signal\tquotations\t0\t-0.5\t1\t0.5\n"
      "knot\t-41\t-4\nknot\t-7\t-3\nknot\t5\t3\nknot\t39\t4\n");
}

Signals MadeSignals(double shared, double names, double quotations) {
  Signals signals;
  signals[Signal::kShared4] = shared;
  signals[Signal::kNames] = names;
  signals[Signal::kQuotations] = quotations;
  return signals;
}

PerFamily<Shown> EverythingShown() {
  PerFamily<Shown> shown;
  for (const SignalFamily family : kAllFamilies) shown[family] = {true, true};
  return shown;
}

double Sum(const PerFamily<double>& weights) {
  double sum = 0;
  for (const double weight : weights) sum += weight;
  return sum;
}

TEST(FamilyWeightsTest, EverySignalHasAFamilyAndEveryFamilyAName) {
  std::set<std::string> names;
  for (const SignalFamily family : kAllFamilies) names.emplace(FamilyName(family));
  EXPECT_EQ(names.size(), kAllFamilies.size());
  std::set<SignalFamily> used;
  for (const Signal signal : kAllSignals) used.insert(FamilyOf(signal));
  EXPECT_EQ(used.size(), kAllFamilies.size());
}

TEST(FamilyWeightsTest, TheyAddUpToTheEvidence) {
  const DerivationModel model = MadeModel();
  for (const double shared : {0.0, 0.2, 0.5, 1.0}) {
    for (const double names : {0.0, 0.6, 1.0}) {
      const Signals signals = MadeSignals(shared, names, 0.5);
      EXPECT_NEAR(Sum(FamilyWeights(signals, model, EverythingShown())), model.Log10LikelihoodRatio(signals), 1e-9)
          << shared << ' ' << names;
    }
  }
}

TEST(FamilyWeightsTest, TheBuiltInModelsDoSoBeyondTheSureEvidenceToo) {
  const DerivationModel& model = DerivationModel::Default();
  for (const double level : {0.0, 0.1, 0.3, 0.5, 0.8, 1.0}) {
    Signals signals;
    for (const Signal signal : kAllSignals) signals[signal] = level;
    EXPECT_NEAR(Sum(FamilyWeights(signals, model, EverythingShown())), model.Log10LikelihoodRatio(signals), 1e-6)
        << level;
  }
}

TEST(FamilyWeightsTest, PartsAddUpToNothingWhereTheEvidenceIsEven) {
  // 0.5 + 6·shared − 2 + 2·names − 1 + quotations − 0.5 = −1
  const PerFamily<double> parts = FamilyParts(MadeSignals(0.25, 0.25, 0), MadeModel());
  EXPECT_NEAR(Sum(parts), 0, 1e-9);
  EXPECT_EQ(parts[SignalFamily::kOrder], 0) << "no curve";
}

TEST(FamilyWeightsTest, WhatHasNothingToShowWeighsNothingAndTheSumStays) {
  const DerivationModel model = MadeModel();
  PerFamily<Shown> shown = EverythingShown();
  shown[SignalFamily::kNamesAndNumbers].own = false;
  const Signals signals = MadeSignals(0.6, 0, 0);
  const PerFamily<double> all = FamilyWeights(signals, model, EverythingShown());
  ASSERT_LT(all[SignalFamily::kNamesAndNumbers], 0);
  const PerFamily<double> weights = FamilyWeights(signals, model, shown);
  EXPECT_EQ(weights[SignalFamily::kNamesAndNumbers], 0);
  EXPECT_NEAR(Sum(weights), model.Log10LikelihoodRatio(signals), 1e-9);
  for (const SignalFamily family : {SignalFamily::kNarration, SignalFamily::kQuotations}) {
    EXPECT_EQ(std::signbit(weights[family]), std::signbit(all[family])) << FamilyName(family);
    EXPECT_NE(weights[family], 0);
  }
}

TEST(FamilyWeightsTest, AShownRemainderOfOneSignCarriesTheEvidence) {
  const DerivationModel model = MadeModel();
  PerFamily<Shown> shown;
  shown[SignalFamily::kNarration].shared = true;
  const Signals signals = MadeSignals(1, 0, 0);
  const PerFamily<double> weights = FamilyWeights(signals, model, shown);
  EXPECT_NEAR(weights[SignalFamily::kNarration], model.Log10LikelihoodRatio(signals), 1e-9);
}

TEST(FamilyWeightsTest, NothingShownGivesNoWeight) {
  const PerFamily<double> weights = FamilyWeights(MadeSignals(0, 0, 0), MadeModel(), {});
  for (const double weight : weights) EXPECT_EQ(weight, 0);
}

}  // namespace
}  // namespace unspin
