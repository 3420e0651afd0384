#include "unspin/trees/boosted_trees.h"

#include <gtest/gtest.h>

#include <array>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "bench/quality/boosted_fit.h"

namespace unspin {
namespace {

constexpr std::array<std::string_view, 2> kNames = {"height", "width"};

TEST(BoostedTreesTest, AddsTheLeafOfEveryTree) {
  BoostedTrees trees;
  trees.bias = 1;
  const std::vector<std::string> first = {"height<2", "width<5", "0.5", "0.25", "-3"}, second = {"10"};
  ASSERT_TRUE(trees.AddTree(first, kNames).ok());
  ASSERT_TRUE(trees.AddTree(second, kNames).ok());
  EXPECT_DOUBLE_EQ(trees.Score(std::array{1.0, 4.0}), 11.5);
  EXPECT_DOUBLE_EQ(trees.Score(std::array{1.0, 5.0}), 11.25)
      << "a signal equal to the threshold takes the branch for no";
  EXPECT_DOUBLE_EQ(trees.Score(std::array{2.0, 4.0}), 8);
}

TEST(BoostedTreesTest, TreesAreWrittenAsTheyWereRead) {
  BoostedTrees trees;
  const std::vector<std::string> fields = {"height<2", "1", "width<-0.5", "2", "height<7.25", "3", "4"};
  ASSERT_TRUE(trees.AddTree(fields, kNames).ok());
  EXPECT_EQ(trees.TreeText(trees.roots[0], kNames), "height<2\t1\twidth<-0.5\t2\theight<7.25\t3\t4");
}

TEST(BoostedTreesTest, AFitLearnsExclusiveOr) {
  bench::BoostCases cases;
  std::mt19937 random(7);
  std::uniform_real_distribution<double> side(-1, 1);
  const auto inside = [](double x, double y) { return (x > 0) != (y > 0); };
  for (int i = 0; i < 4000; ++i) {
    const std::array row = {side(random), side(random)};
    cases.Add(row, inside(row[0], row[1]), 1);
  }
  const BoostedTrees trees = bench::Booster(cases, {.trees = 40, .leaves = 8, .rate = 0.3, .min_cases = 10}).Fit();
  int right = 0;
  for (int i = 0; i < 1000; ++i) {
    const std::array row = {side(random), side(random)};
    right += (trees.Score(row) > 0) == inside(row[0], row[1]);
  }
  EXPECT_GT(right, 970);
}

}  // namespace
}  // namespace unspin
