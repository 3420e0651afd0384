#include "unspin/verdict/shared_runs.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "support/english.h"

namespace unspin {
namespace {

std::vector<SharedRun> RunsOf(std::string_view original, std::string_view suspect) {
  LexiconCache cache(EnglishLexicon());
  const AnalyzedArticle a = Analyze(original, cache), b = Analyze(suspect, cache);
  return FindSharedRuns(AnalyzedPair(a, b));
}

TEST(SharedRunsTest, ARunIsAsLongAsTheWordsAreTheSame) {
  const std::vector<SharedRun> runs =
      RunsOf("Yesterday divers found cracks in two piers of the bridge, she wrote.",
             "It is known that divers found cracks in two piers of the bridge long ago.");
  ASSERT_EQ(runs.size(), 1u);
  EXPECT_EQ(runs[0].original, (TokenSpan{1, 10}));
  EXPECT_EQ(runs[0].suspect, (TokenSpan{4, 13}));
}

TEST(SharedRunsTest, FourWordsAreNoRun) {
  EXPECT_TRUE(RunsOf("Divers found cracks there.", "Divers found cracks there.").empty());
  EXPECT_EQ(RunsOf("Divers found cracks there yesterday.", "Divers found cracks there yesterday.").size(), 1u);
}

TEST(SharedRunsTest, InflectedWordsAreTheSame) {
  EXPECT_EQ(RunsOf("Divers find a crack in bridges.", "Diver finds a crack in bridge.").size(), 1u);
}

TEST(SharedRunsTest, RunsOfTheSuspectDoNotOverlapAndAscend) {
  const std::vector<SharedRun> runs = RunsOf("One two red green blue. Then red green blue black white gray.",
                                             "One two red green blue black white gray.");
  for (size_t i = 1; i < runs.size(); ++i) EXPECT_GE(runs[i].suspect.begin, runs[i - 1].suspect.end);
  ASSERT_FALSE(runs.empty());
  EXPECT_EQ(runs[0].suspect, (TokenSpan{0, 5}));
}

TEST(SharedRunsTest, OfEqualPlacesTheLongestIsTaken) {
  const std::vector<SharedRun> runs = RunsOf("Red green blue black white stop. Red green blue black white gray pink.",
                                             "Red green blue black white gray pink.");
  ASSERT_EQ(runs.size(), 1u);
  EXPECT_EQ(runs[0].original, (TokenSpan{6, 13}));
}

TEST(SharedRunsTest, ARepeatedWordTakesNoLongerThanOtherText) {
  std::string hostile;
  for (int i = 0; i < 20'000; ++i) hostile += "bridge ";
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_FALSE(RunsOf(hostile, hostile).empty());
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10));
}

}  // namespace
}  // namespace unspin
