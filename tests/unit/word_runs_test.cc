// Texts are compared by their runs of words.
#include "unspin/page/word_runs.h"

#include <gtest/gtest.h>

namespace unspin {
namespace {

TEST(WordRunsTest, CaseAndSignsBetweenWordsDoNotCount) {
  const WordRuns runs("The bridge, once more, is open.", 3);
  EXPECT_EQ(runs.size(), 4u);
  EXPECT_EQ(runs.ShareOf("the BRIDGE once -- more"), 1);
}

TEST(WordRunsTest, AShareIsOfTheOtherText) {
  const WordRuns runs("a b c d", 2);
  EXPECT_DOUBLE_EQ(runs.ShareOf("a b x"), 0.5);
  EXPECT_EQ(runs.CountOf("a b a b"), 2u);
}

TEST(WordRunsTest, TextsWithoutRunsHaveNoShare) {
  EXPECT_EQ(WordRuns("", 2).ShareOf("a b"), -1);
  EXPECT_EQ(WordRuns("a b", 2).ShareOf("a"), -0.5);
}

}  // namespace
}  // namespace unspin
