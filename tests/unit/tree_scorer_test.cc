#include "unspin/trees/tree_scorer.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "unspin/align/passage_model.h"
#include "unspin/align/sentence_signals.h"
#include "unspin/kernels/variant.h"

namespace unspin {
namespace {

constexpr std::array<std::string_view, 2> kNames = {"height", "width"};

TEST(TreeScorerTest, EqualsTheTreesInEveryKernelVariant) {
  const TreeScorer& scorer = PassageModel::Default().inside;
  const size_t signals = kSentenceSignals;
  std::mt19937 random(3);
  std::uniform_real_distribution<double> value(-0.2, 3);
  for (const size_t rows : {1, 2, 15, 16, 17, 40}) {
    std::vector<std::vector<double>> values(rows, std::vector<double>(signals));
    std::vector<std::span<const double>> views;
    for (auto& row : values) {
      for (double& signal : row) signal = value(random);
      views.emplace_back(row);
    }
    values[0][3] = std::nan("");
    values[rows / 2][5] = std::numeric_limits<double>::infinity();
    // Signals equal to a threshold.
    for (size_t i = 0; i < signals; ++i) {
      const BoostedTrees::Node& node = scorer.trees().nodes[random() % scorer.trees().nodes.size()];
      if (node.signal != BoostedTrees::kLeaf) values.back()[node.signal] = static_cast<double>(node.value);
    }
    for (const std::string& variant : KernelVariants()) {
      ASSERT_TRUE(UseKernelVariant(variant));
      const std::vector<double> sums = scorer.Score(views);
      ASSERT_EQ(sums.size(), rows);
      for (size_t row = 0; row < rows; ++row) EXPECT_EQ(sums[row], scorer.trees().Score(views[row])) << variant << row;
    }
    UseKernelVariant("");
  }
}

TEST(TreeScorerTest, WalksTreesThatAreTooLarge) {
  BoostedTrees trees;
  std::vector<std::string> chain;
  for (int i = 0; i < 40; ++i) {
    chain.push_back("height<" + std::to_string(i));
    chain.push_back(std::to_string(i));
  }
  chain.push_back("99");
  ASSERT_TRUE(trees.AddTree(chain, kNames).ok());
  const std::array<double, 2> low = {-1, 0}, middle = {20.5, 0}, high = {50, 0};
  const std::array<std::span<const double>, 3> rows = {low, middle, high};
  EXPECT_EQ(TreeScorer(trees).Score(rows), (std::vector<double>{0, 21, 99}));
}

TEST(TreeScorerTest, ZeroIsNotBelowZeroWhateverItsSign) {
  BoostedTrees trees;
  for (const std::string zero : {"0", "-0"})
    ASSERT_TRUE(trees.AddTree(std::vector<std::string>{"height<" + zero, "1", "10"}, kNames).ok());
  const std::array<double, 2> below = {-1e-40, 0}, minus = {-0.0, 0}, plus = {0.0, 0};
  const std::array<std::span<const double>, 3> rows = {below, minus, plus};
  EXPECT_EQ(TreeScorer(trees).Score(rows), (std::vector<double>{2, 20, 20}));
}

}  // namespace
}  // namespace unspin
