#include "unspin/engine/standing_runs.h"

#include <gtest/gtest.h>

#include <vector>

#include "unspin/standing/run_lists.h"

namespace unspin {
namespace {

constexpr uint64_t kSampled = 1, kOther = 2;        // two sampled runs
constexpr uint64_t kUnsampled = kEndOfSampled + 1;  // says nothing by itself

std::vector<bool> Marked(std::vector<uint64_t> standing, const std::vector<uint64_t>& runs) {
  std::vector<bool> marks(runs.size(), false);
  StandingRuns(std::move(standing)).Mark(runs, marks);
  return marks;
}

TEST(StandingRunsTest, NothingIsMarkedWhereNoRunIsKnown) {
  EXPECT_EQ(Marked({}, {kSampled, kUnsampled}), (std::vector<bool>{false, false}));
}

TEST(StandingRunsTest, NeighboursOfAStandingRunAreStanding) {
  EXPECT_EQ(Marked({kSampled}, {kUnsampled, kSampled, kUnsampled}), (std::vector<bool>{true, true, true}));
}

TEST(StandingRunsTest, ASampledRunThatIsNotStandingEndsIt) {
  EXPECT_EQ(Marked({kSampled}, {kUnsampled, kOther, kUnsampled, kSampled, kUnsampled, kOther, kUnsampled}),
            (std::vector<bool>{false, false, true, true, true, false, false}));
}

TEST(StandingRunsTest, ReachesAsFarAsHalfOfTheDistanceOfTwo) {
  std::vector<uint64_t> runs(2 * StandingRuns::kMaxWordsApart + 1, kUnsampled);
  runs[StandingRuns::kMaxWordsApart] = kSampled;
  const std::vector<bool> marks = Marked({kSampled}, runs);
  const size_t reach = StandingRuns::kMaxWordsApart / 2, middle = StandingRuns::kMaxWordsApart;
  for (size_t run = 0; run < runs.size(); ++run)
    EXPECT_EQ(marks[run], run >= middle - reach && run <= middle + reach) << run;
}

TEST(StandingRunsTest, MarksThatWereThereStay) {
  std::vector<bool> marks = {true, false};
  StandingRuns({kSampled}).Mark(std::vector<uint64_t>{kOther, kOther}, marks);
  EXPECT_EQ(marks, (std::vector<bool>{true, false}));
}

}  // namespace
}  // namespace unspin
