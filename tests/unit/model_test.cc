#include "unspin/verdict/model.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "unspin/base/strings.h"
#include "unspin/verdict/derivation_model_tsv.h"

namespace unspin {
namespace {

using ::testing::HasSubstr;

Signals With(Signal signal, double value) {
  Signals signals{};
  signals[signal] = value;
  return signals;
}

std::string ParseError(std::string_view tsv) {
  const auto model = DerivationModel::Parse(tsv);
  return model.ok() ? "parsed" : std::string(StdView(model.status().message()));
}

TEST(DerivationModelTest, TheBuiltInModelParses) {
  const auto parsed = DerivationModel::Parse(kDerivationModelTsv);
  ASSERT_TRUE(parsed.ok()) << parsed.status();
  EXPECT_EQ(parsed->name, DerivationModel::Default().name);
  EXPECT_EQ(parsed->hypotheses, DerivationModel::Default().hypotheses);
  for (const DerivationHypothesis& hypothesis : parsed->hypotheses) {
    bool any = false;
    for (const Curve& curve : hypothesis.curves.values) {
      for (const auto& [x, y] : curve) {
        EXPECT_TRUE(std::isfinite(x) && std::isfinite(y));
        any |= y != 0;
      }
    }
    EXPECT_TRUE(any) << hypothesis.name << ": a hypothesis without weights judges nothing";
  }
}

// A reader accepts no reason that says: the more alike, the less was taken.
TEST(DerivationModelTest, EveryBuiltInCurveRises) {
  for (const DerivationHypothesis& hypothesis : DerivationModel::Default().hypotheses) {
    for (const Signal signal : kAllSignals) {
      const Curve& curve = hypothesis.curves[signal];
      for (size_t i = 1; i < curve.size(); ++i)
        EXPECT_GE(curve[i].second, curve[i - 1].second) << hypothesis.name << ' ' << SignalName(signal);
    }
  }
}

TEST(DerivationModelTest, EvidenceIsTheMeanOfTheHypotheses) {
  const auto model = DerivationModel::Parse(
      "name\ttest\nhypothesis\twhole\nbias\t2\nhypothesis\tpart\nbias\t-300\nsignal\tnames\t0\t0\t1\t400\n");
  ASSERT_TRUE(model.ok()) << model.status();
  EXPECT_DOUBLE_EQ(model->Log10LikelihoodRatio(Signals{}), 2 + std::log10(0.5));
  EXPECT_EQ(model->LikeliestHypothesis(Signals{}).name, "whole");
  EXPECT_DOUBLE_EQ(model->Log10LikelihoodRatio(With(Signal::kNames, 1)), 100 + std::log10(0.5));
  EXPECT_EQ(model->LikeliestHypothesis(With(Signal::kNames, 1)).name, "part");
}

TEST(DerivationModelTest, EvidenceIsBiasAndCurves) {
  const auto model = DerivationModel::Parse(
      "# comment\n\nname\ttest\nbias\t-1\nsignal\tshared-4\t0.25\t0\t1.25\t4\nsignal\tnames\t0\t0\t1\t-2\n");
  ASSERT_TRUE(model.ok()) << model.status();
  EXPECT_EQ(model->name, "test");
  EXPECT_DOUBLE_EQ(model->Log10LikelihoodRatio(Signals{}), -2);
  EXPECT_DOUBLE_EQ(model->Log10LikelihoodRatio(With(Signal::kShared4, 1)), 2);
  EXPECT_DOUBLE_EQ(model->Log10LikelihoodRatio(With(Signal::kNames, 1)), -4);
}

// Ablation leaves signals out of a model.
TEST(DerivationModelTest, ASignalWithoutACurveWeighsNothing) {
  const auto model = DerivationModel::Parse("name\ttest\nbias\t1\nsignal\tnames\t0\t0\t1\t1\n");
  ASSERT_TRUE(model.ok()) << model.status();
  EXPECT_DOUBLE_EQ(model->Log10LikelihoodRatio(With(Signal::kNumbers, 0.7)), 1);
}

TEST(CurveTest, BendsAtItsPointsAndGoesOnStraight) {
  const Curve curve = {{0, 0}, {1, 2}, {3, 0}};
  EXPECT_DOUBLE_EQ(Evaluate(curve, 0.5), 1);
  EXPECT_DOUBLE_EQ(Evaluate(curve, 1), 2);
  EXPECT_DOUBLE_EQ(Evaluate(curve, 2), 1);
  EXPECT_DOUBLE_EQ(Evaluate(curve, -1), -2);
  EXPECT_DOUBLE_EQ(Evaluate(curve, 4), -1);
  EXPECT_DOUBLE_EQ(Evaluate({}, 4), 0);
}

TEST(DerivationModelTest, CalibrationIsLinearBetweenKnotsAndBeyondThem) {
  const auto model =
      DerivationModel::Parse("name\ttest\nsignal\tnames\t0\t0\t1\t1\nknot\t0\t-1\nknot\t1\t0\nknot\t2\t4\n");
  ASSERT_TRUE(model.ok()) << model.status();
  EXPECT_DOUBLE_EQ(model->Log10LikelihoodRatio(With(Signal::kNames, 0.5)), -0.5);
  EXPECT_DOUBLE_EQ(model->Log10LikelihoodRatio(With(Signal::kNames, 1)), 0);
  EXPECT_DOUBLE_EQ(model->Log10LikelihoodRatio(With(Signal::kNames, 1.5)), 2);
  EXPECT_DOUBLE_EQ(model->Log10LikelihoodRatio(With(Signal::kNames, 3)), 8);
  EXPECT_DOUBLE_EQ(model->Log10LikelihoodRatio(With(Signal::kNames, -1)), -2);
}

TEST(DerivationModelTest, CalibrationNeverChangesARanking) {
  const DerivationModel& model = DerivationModel::Default();
  for (const Signal signal : kAllSignals) {
    double last_sum = 0, last = 0;
    for (int step = -40; step <= 40; ++step) {
      DerivationModel uncalibrated = model;
      uncalibrated.calibrate.clear();
      const double sum = uncalibrated.Log10LikelihoodRatio(With(signal, step * 0.25));
      const double evidence = model.Log10LikelihoodRatio(With(signal, step * 0.25));
      if (step > -40) {
        EXPECT_EQ(evidence > last, sum > last_sum) << SignalName(signal) << ' ' << step;
      }
      last_sum = sum;
      last = evidence;
    }
  }
}

TEST(DerivationModelTest, ErrorsNameTheLine) {
  EXPECT_THAT(ParseError("name\tx\nsignal\tno-such-signal\t0\t1\n"), HasSubstr("line 2"));
  EXPECT_THAT(ParseError("name\tx\nsignal\tno-such-signal\t0\t1\n"), HasSubstr("no-such-signal"));
  EXPECT_THAT(ParseError("name\tx\nrubbish\n"), HasSubstr("line 2"));
  EXPECT_THAT(ParseError("name\tx\nknot\t1\t1\nknot\t0\t2\n"), HasSubstr("line 3"));
  EXPECT_THAT(ParseError("bias\t1\n"), HasSubstr("no name"));
  EXPECT_THAT(ParseError("name\tx\n"), HasSubstr("no hypothesis"));
}

TEST(DerivationModelTest, AValueThatIsNoNumberIsAnError) {
  EXPECT_THAT(ParseError("name\tx\nbias\trubbish\n"), HasSubstr("line 2"));
  EXPECT_THAT(ParseError("name\tx\nsignal\torder\t0\t1e\n"), HasSubstr("line 2"));
  EXPECT_THAT(ParseError("name\tx\nsignal\torder\t0\tnan\n"), HasSubstr("line 2"));
}

TEST(DerivationModelTest, ProbabilityFollowsEvidenceAndPrior) {
  EXPECT_DOUBLE_EQ(ProbabilityOf(0, 0.5), 0.5);
  EXPECT_DOUBLE_EQ(ProbabilityOf(0, 0.1), 0.1);
  EXPECT_NEAR(ProbabilityOf(1, 0.5), 10.0 / 11, 1e-12);
  EXPECT_NEAR(ProbabilityOf(-1, 0.5), 1.0 / 11, 1e-12);
  EXPECT_GT(ProbabilityOf(1, 0.6), ProbabilityOf(1, 0.5));
}

TEST(DerivationModelTest, ProbabilityIsAFractionForAnyEvidence) {
  for (const double prior : {0.0, 1e-9, 0.5, 1 - 1e-9, 1.0}) {
    for (const double evidence : {-1e300, -500.0, 0.0, 500.0, 1e300}) {
      const double probability = ProbabilityOf(evidence, prior);
      EXPECT_TRUE(probability >= 0 && probability <= 1) << evidence << ", " << prior << ": " << probability;
    }
  }
}

}  // namespace
}  // namespace unspin
