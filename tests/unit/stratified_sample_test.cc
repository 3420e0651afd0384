#include "unspin/audit/stratified_sample.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <set>

namespace unspin {
namespace {

using Sizes = std::vector<uint64_t>;

TEST(StratumTest, NamesVerdictAndProbability) {
  EXPECT_EQ(StratumOf(Verdict::kExcerpt, 0.9).Name(), "excerpt 0.9-0.99");
  EXPECT_EQ(StratumOf(Verdict::kCopy, 1).Name(), "copy 0.999-1");
  EXPECT_EQ(StratumOf(Verdict::kSpun, 0).Name(), "spun 0-0.9");
}

TEST(AllocateTest, GivesAllTheSameUnlessTheyHaveFewer) {
  EXPECT_EQ(Allocate({2, 100, 100}, 20), (Sizes{2, 9, 9}));
  EXPECT_EQ(Allocate({100, 2, 100}, 21), (Sizes{10, 2, 9}));
  EXPECT_EQ(Allocate({3, 4}, 20), (Sizes{3, 4}));
  EXPECT_EQ(Allocate({5, 5, 5}, 2), (Sizes{1, 1, 0}));
  EXPECT_EQ(Allocate({}, 5), Sizes{});
}

TEST(AllocateTest, AStratumThatDroppedFindingsNeverGetsMoreAgain) {
  std::mt19937_64 random(7);
  for (int run = 0; run < 300; ++run) {
    Sizes sizes(1 + random() % 6, 0), before(sizes.size(), 0);
    const uint64_t total = 1 + random() % 12;
    for (int step = 0; step < 60; ++step) {
      const Sizes old_sizes = sizes;
      ++sizes[random() % sizes.size()];
      const Sizes now = Allocate(sizes, total);
      EXPECT_EQ(std::accumulate(now.begin(), now.end(), uint64_t{0}),
                std::min(total, std::accumulate(sizes.begin(), sizes.end(), uint64_t{0})));
      for (size_t i = 0; i < sizes.size(); ++i) {
        EXPECT_LE(now[i], sizes[i]);
        if (before[i] < old_sizes[i]) {
          EXPECT_LE(now[i], before[i]);
        }
      }
      before = now;
    }
  }
}

TEST(StratifiedSampleTest, EveryFindingOfAStratumIsEquallyLikely) {
  constexpr int kRuns = 4000, kMany = 40, kFew = 8;
  std::vector<int> drawn(kMany + kFew, 0);
  for (int run = 0; run < kRuns; ++run) {
    StratifiedSample sample(9, static_cast<uint64_t>(run));
    for (int i = 0; i < kMany + kFew; ++i)
      sample.Add({i % 6 == 5 ? Verdict::kCopy : Verdict::kSpun, 0}, std::to_string(i));
    for (const auto& item : sample.Take()) ++drawn[static_cast<size_t>(std::stoi(item.content))];
  }
  for (int i = 0; i < kMany + kFew; ++i) {
    const double expected = kRuns * (i % 6 == 5 ? 5.0 / kFew : 4.0 / kMany);  // 5 of 8 copies, 4 of 40 spun ones
    EXPECT_NEAR(drawn[static_cast<size_t>(i)], expected, 5 * std::sqrt(expected)) << i;
  }
}

TEST(StratifiedSampleTest, SaysHowManyFindingsEachStratumHas) {
  StratifiedSample sample(4, 1);
  for (int i = 0; i < 100; ++i) sample.Add({Verdict::kSpun, 1}, "s" + std::to_string(i));
  sample.Add({Verdict::kCopy, 3}, "c");
  const auto drawn = sample.Take();
  ASSERT_EQ(drawn.size(), 4u);
  std::set<std::string> contents;
  for (const auto& item : drawn) {
    contents.insert(item.content);
    EXPECT_EQ(item.stratum_findings, item.stratum.verdict == Verdict::kCopy ? 1u : 100u);
    EXPECT_EQ(item.stratum_drawn, item.stratum.verdict == Verdict::kCopy ? 1u : 3u);
  }
  EXPECT_EQ(contents.size(), 4u);
  EXPECT_TRUE(contents.contains("c"));
}

TEST(StratifiedSampleTest, TheSeedDecidesWhatIsDrawn) {
  const auto draw = [](uint64_t seed) {
    StratifiedSample sample(10, seed);
    for (int i = 0; i < 1000; ++i) sample.Add({Verdict::kSpun, 1}, std::to_string(i));
    std::string all;
    for (const auto& item : sample.Take()) all += item.content + " ";
    return all;
  };
  EXPECT_EQ(draw(1), draw(1));
  EXPECT_NE(draw(1), draw(2));
}

}  // namespace
}  // namespace unspin
