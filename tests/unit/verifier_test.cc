#include "unspin/dedup/verifier.h"

#include <gtest/gtest.h>

#include <numeric>
#include <random>
#include <vector>

namespace unspin {
namespace {

// Two sets of these numbers of elements, of which the first `common` are the same.
class TwoSets : public ShingleSets {
 public:
  TwoSets(size_t a, size_t b, size_t common) : sizes_{a, b}, common_(common) {}

  size_t SizeOf(uint32_t article) const override { return sizes_[article]; }
  uint32_t SampleOf(uint32_t) const override { return 0; }
  absl::StatusOr<std::span<const uint32_t>> ElementsOf(uint32_t article, std::vector<uint32_t>& buffer) const override {
    buffer.resize(sizes_[article]);
    std::iota(buffer.begin(), buffer.end(), 0);
    const auto first_different = buffer.begin() + static_cast<std::ptrdiff_t>(common_);
    std::iota(first_different, buffer.end(), article == 0 ? 1'000'000 : 2'000'000);
    return buffer;
  }

 private:
  size_t sizes_[2], common_;
};

std::vector<SimilarPair> Verified(const TwoSets& sets, Measure measure, double threshold) {
  DedupOptions options;
  options.measure = measure;
  options.threshold = threshold;
  Verifier verifier(options, sets);
  EXPECT_TRUE(verifier.Add({0, 1, 1}).ok());
  return verifier.similar();
}

TEST(VerifierTest, SimilarityIsTheShareOfCommonElements) {
  const TwoSets sets(90, 100, 81);
  ASSERT_EQ(Verified(sets, Measure::kJaccard, 0.7).size(), 1u);
  EXPECT_EQ(Verified(sets, Measure::kJaccard, 0.7)[0].similarity, 81.0f / 109);
  EXPECT_EQ(Verified(sets, Measure::kContainment, 0.7)[0].similarity, 0.9f);
  EXPECT_TRUE(Verified(sets, Measure::kJaccard, 0.75).empty());
}

TEST(VerifierTest, APairAtTheThresholdIsSimilar) {
  EXPECT_EQ(Verified({90, 100, 90}, Measure::kJaccard, 0.9).size(), 1u);
  EXPECT_EQ(Verified({90, 100, 81}, Measure::kContainment, 0.9).size(), 1u);
  EXPECT_EQ(Verified({100, 100, 100}, Measure::kJaccard, 1).size(), 1u);
  EXPECT_TRUE(Verified({100, 100, 99}, Measure::kJaccard, 1).empty());
}

TEST(ReachesThresholdTest, JudgesAVerifiedPairAsAVerifierOfThatThreshold) {
  std::mt19937 random(5);
  constexpr double kThresholds[] = {0.5, 0.6, 2.0 / 3, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.99, 1};
  int at_threshold = 0;
  for (int i = 0; i < 3000; ++i) {
    const size_t a = 1 + random() % 2000;
    const size_t b = a + random() % 200;
    const size_t common = a - random() % std::min<size_t>(a, 50);
    const TwoSets sets(a, b, common);
    for (const Measure measure : {Measure::kJaccard, Measure::kContainment}) {
      const std::vector<SimilarPair> pairs = Verified(sets, measure, kMinThreshold);
      if (pairs.empty()) continue;
      for (const double threshold : kThresholds) {
        const bool reaches = ReachesThreshold(pairs[0], sets, measure, threshold);
        EXPECT_EQ(reaches, !Verified(sets, measure, threshold).empty()) << a << " " << b << " " << common;
      }
      // A threshold that is the similarity itself.
      const double exact = static_cast<double>(common) /
                           static_cast<double>(measure == Measure::kJaccard ? a + b - common : std::min(a, b));
      at_threshold += ReachesThreshold(pairs[0], sets, measure, exact);
      EXPECT_EQ(ReachesThreshold(pairs[0], sets, measure, exact), !Verified(sets, measure, exact).empty());
    }
  }
  EXPECT_GT(at_threshold, 5000);
}

}  // namespace
}  // namespace unspin
