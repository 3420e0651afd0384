#include "server/probability_histogram.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

namespace unspin::server {
namespace {

TEST(ProbabilityHistogramTest, ABorderBelongsToTheBinAbove) {
  ProbabilityHistogram histogram;
  for (const double probability : {0.0, 0.05, 0.95, 1.0}) histogram.Add(Verdict::kCopy, probability);
  EXPECT_EQ(histogram.InBin(0, Verdict::kCopy), 1u);
  EXPECT_EQ(histogram.InBin(1, Verdict::kCopy), 1u);
  EXPECT_EQ(histogram.InBin(19, Verdict::kCopy), 2u);
  EXPECT_EQ(histogram.suspects(), 4u);
}

TEST(ProbabilityHistogramTest, AThresholdCountsThoseThatReachIt) {
  ProbabilityHistogram histogram;
  for (const double probability : {0.4999, 0.5, 0.9, 0.98999, 0.999}) histogram.Add(Verdict::kSpun, probability);
  const auto at_least = [&](double probability) {
    for (size_t i = 0; i < ProbabilityHistogram::kThresholds.size(); ++i) {
      if (ProbabilityHistogram::kThresholds[i] == probability) return histogram.AtLeast(i);
    }
    return uint64_t{99};
  };
  EXPECT_EQ(at_least(0.5), 4u);
  EXPECT_EQ(at_least(0.9), 3u);
  EXPECT_EQ(at_least(0.99), 1u);
  EXPECT_EQ(at_least(0.999), 1u);
}

TEST(ProbabilityHistogramTest, WhoNamesNoOriginalIsBehindNoThreshold) {
  ProbabilityHistogram histogram;
  histogram.Add(Verdict::kCommonSource, 0.97);
  histogram.Add(Verdict::kExcerpt, 0.97);
  EXPECT_EQ(histogram.AtLeast(0), 1u);
  EXPECT_EQ(histogram.suspects(), 2u);
}

TEST(ProbabilityHistogramTest, TheJsonHasAllOfIt) {
  ProbabilityHistogram histogram;
  histogram.Add(Verdict::kUnrelated, 0.01);
  histogram.Add(Verdict::kEdited, 0.96);
  const auto json = nlohmann::json::parse(histogram.Json());
  ASSERT_EQ(json["bins"].size(), ProbabilityHistogram::kBins);
  EXPECT_EQ(json["bins"][0]["by_verdict"], (nlohmann::json{{"unrelated", 1}}));
  EXPECT_EQ(json["bins"][19]["by_verdict"], (nlohmann::json{{"edited", 1}}));
  EXPECT_EQ(json["bins"][19]["from"], 0.95);
  EXPECT_EQ(json["bins"][19]["to"], 1);
  ASSERT_EQ(json["thresholds"].size(), ProbabilityHistogram::kThresholds.size());
  EXPECT_EQ(json["thresholds"][0], (nlohmann::json{{"probability", 0.5}, {"suspects", 1}}));
}

}  // namespace
}  // namespace unspin::server
