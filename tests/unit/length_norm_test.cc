#include "unspin/index/length_norm.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "unspin/kernels/collect_above_threshold.h"

namespace unspin {
namespace {

TEST(LengthNormTest, IsOneForAHundredAnchorsAndGrows) {
  EXPECT_EQ(LengthNorm(100), 1);
  for (uint32_t anchors = 0; anchors < 1000; ++anchors) EXPECT_LT(LengthNorm(anchors), LengthNorm(anchors + 1));
}

TEST(LengthNormTest, ACodeIsAnUpperBoundWithinOneUnit) {
  for (uint32_t anchors = 0; anchors < 100'000; anchors += 1 + anchors / 50) {
    const float inverse = 1 / LengthNorm(anchors);
    const float decoded = static_cast<float>(EncodeInverseNorm(inverse)) / 64;
    EXPECT_GE(decoded, inverse) << anchors;
    EXPECT_LT(decoded, inverse + 1.0f / 64) << anchors;
  }
}

TEST(LengthNormTest, ABlockHasTheCodeOfItsShortestArticle) {
  std::vector<uint32_t> counts;
  for (uint32_t i = 0; i < 100; ++i) counts.push_back(i * 37 % 101);
  const LengthNorms norms = LengthNorms::FromAnchorCounts(counts);
  ASSERT_EQ(norms.inverse.size(), counts.size());
  ASSERT_EQ(norms.block_max_codes.size(), 7u);
  for (size_t block = 0; block < 7; ++block) {
    const auto begin = counts.begin() + static_cast<ptrdiff_t>(block * kScoreBlock);
    const auto shortest = std::min_element(begin, std::min(begin + kScoreBlock, counts.end()));
    EXPECT_EQ(norms.block_max_codes[block], EncodeInverseNorm(1 / LengthNorm(*shortest)));
  }
  EXPECT_TRUE(LengthNorms::FromAnchorCounts({}).inverse.empty());
}

// A threshold may be too low, which costs time; too high it would lose a candidate.
TEST(ScoreThresholdsTest, NoScoreThatReachesTheMinimumIsBelowItsThreshold) {
  const float scale = 1 / 173.25f;
  ScoreThresholds thresholds(scale);
  for (const float min_score : {0.0f, 0.01f, 0.15f, 0.5f, 1.7f}) {
    for (uint32_t anchors = 0; anchors < 2000; anchors += 7) {
      const float inverse = 1 / LengthNorm(anchors);
      const float threshold = thresholds.For(min_score)[EncodeInverseNorm(inverse)];
      EXPECT_GT(threshold, 0);
      for (float weight = 0.25f; weight < 400; weight += 0.25f) {
        if (weight * scale * inverse >= min_score) {
          ASSERT_GE(weight, threshold) << min_score << " " << anchors;
        }
      }
    }
  }
}

}  // namespace
}  // namespace unspin
