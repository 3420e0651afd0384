#include "unspin/audit/precision.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>
#include <vector>

namespace unspin {
namespace {

using Strata = std::vector<ReadStratum>;

TEST(PrecisionTest, OneLargeStratumHasWilsonsInterval) {
  const Precision precision = PrecisionOf(Strata{{100000000, 8, 2, 0}});
  EXPECT_DOUBLE_EQ(*precision.estimate, 0.8);
  EXPECT_NEAR(precision.low, 0.4902, 1e-4);
  EXPECT_NEAR(precision.high, 0.9433, 1e-4);
}

TEST(PrecisionTest, AllRightIsNotCertain) {
  const Precision precision = PrecisionOf(Strata{{100000000, 20, 0, 0}});
  EXPECT_EQ(precision.high, 1);
  EXPECT_NEAR(precision.low, 0.8389, 1e-4);
}

TEST(PrecisionTest, WhatWasReadToItsEndHasNoError) {
  const Precision precision = PrecisionOf(Strata{{4, 3, 1, 0}, {2, 2, 0, 0}});
  EXPECT_DOUBLE_EQ(*precision.estimate, 5.0 / 6);
  EXPECT_DOUBLE_EQ(precision.low, 5.0 / 6);
  EXPECT_DOUBLE_EQ(precision.high, 5.0 / 6);
}

TEST(PrecisionTest, StrataWeighByTheirFindings) {
  EXPECT_DOUBLE_EQ(*PrecisionOf(Strata{{900, 10, 0, 0}, {100, 0, 10, 0}}).estimate, 0.9);
}

TEST(PrecisionTest, UnsureReadingsAreCountedButDecideNothing) {
  const Precision precision = PrecisionOf(Strata{{900, 8, 2, 30}});
  EXPECT_EQ(precision.unsure, 30u);
  EXPECT_DOUBLE_EQ(*precision.estimate, 0.8);
}

TEST(PrecisionTest, AStratumThatNobodyReadMayHoldAnything) {
  const Precision precision = PrecisionOf(Strata{{50, 50, 0, 0}, {50, 0, 0, 3}});
  EXPECT_EQ(precision.unknown, 50u);
  EXPECT_EQ(precision.estimate, 1);
  EXPECT_DOUBLE_EQ(precision.low, 0.5);
  EXPECT_DOUBLE_EQ(precision.high, 1);
}

TEST(PrecisionTest, NothingReadSaysNothing) {
  const Precision precision = PrecisionOf(Strata{{50, 0, 0, 0}});
  EXPECT_FALSE(precision.estimate);
  EXPECT_EQ(precision.low, 0);
  EXPECT_EQ(precision.high, 1);
  EXPECT_FALSE(PrecisionOf({}).estimate);
}

TEST(PrecisionTest, TheIntervalHoldsTheTruthNineteenTimesInTwenty) {
  struct Made {
    uint64_t findings, derived, drawn;
  };
  const std::vector<std::vector<Made>> corpora = {
      {{1000, 950, 60}},
      {{400, 130, 20}, {200, 170, 20}, {60, 58, 20}, {30, 30, 20}},
      {{5000, 4990, 25}, {300, 270, 25}, {25, 10, 25}},
      {{50, 10, 12}, {50, 25, 12}, {50, 40, 12}, {50, 48, 12}, {500, 495, 12}}};
  std::mt19937_64 random(3);
  for (const auto& corpus : corpora) {
    double derived = 0, findings = 0;
    for (const Made& made : corpus) {
      derived += static_cast<double>(made.derived);
      findings += static_cast<double>(made.findings);
    }
    constexpr int kRuns = 2000;
    int held = 0;
    double sum = 0;
    for (int run = 0; run < kRuns; ++run) {
      Strata strata;
      for (const Made& made : corpus) {
        std::vector<uint64_t> order(made.findings);
        std::iota(order.begin(), order.end(), 0);
        uint64_t right = 0;
        for (uint64_t i = 0; i < made.drawn; ++i) {
          std::swap(order[i], order[i + random() % (made.findings - i)]);
          right += order[i] < made.derived;
        }
        strata.push_back({made.findings, right, made.drawn - right, 0});
      }
      const Precision precision = PrecisionOf(strata);
      held += precision.low <= derived / findings + 1e-12 && derived / findings <= precision.high + 1e-12;
      sum += *precision.estimate;
    }
    EXPECT_GE(held, kRuns * 0.93) << corpus.size();
    EXPECT_NEAR(sum / kRuns, derived / findings, 0.005) << "the estimate is not biased";
  }
}

}  // namespace
}  // namespace unspin
