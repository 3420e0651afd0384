#include "evidence/custody.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <vector>

#include "evidence/event_line.h"

namespace unspin::evidence {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// Lines of a log; the hash of each is right.
class Lines {
 public:
  // The next event.
  Lines& Add(int64_t of_case, const std::string& time = "2026-11-30T10:00:00.000Z") {
    return AddAfter({head_.seq + 1, head_.hash}, of_case, time);
  }
  // An event of this number, and of this hash before it.
  Lines& AddAfter(const LogHead& at, int64_t of_case, const std::string& time = "2026-11-30T10:00:00.000Z") {
    Event event{at.seq, time, "anna", "noted", of_case == 0 ? "" : "case", of_case, "{\"n\":1}", at.hash, ""};
    event.hash = HashOfEvent(event);
    head_ = {event.seq, event.hash};
    lines_.push_back(EventLine(event));
    return *this;
  }

  std::vector<std::string> Problems(LogLines kind = LogLines::kOfOneCase) const {
    return CheckLogLines(lines_, kind).problems;
  }
  int64_t LeftOut() const { return CheckLogLines(lines_, LogLines::kOfOneCase).left_out; }
  std::vector<std::string>& lines() { return lines_; }

 private:
  LogHead head_;
  std::vector<std::string> lines_;
};

TEST(CustodyTest, AChainedLogHasNoProblem) {
  const Lines lines = Lines().Add(3).Add(3).Add(0);
  EXPECT_THAT(lines.Problems(), IsEmpty());
  EXPECT_EQ(lines.LeftOut(), 0);
}

TEST(CustodyTest, EventsThatAreLeftOutAreCounted) {
  const Lines lines = Lines().AddAfter({5, "00"}, 3).AddAfter({9, "11"}, 3).Add(3);
  EXPECT_THAT(lines.Problems(), IsEmpty());
  EXPECT_EQ(lines.LeftOut(), 4 + 3);
}

TEST(CustodyTest, LinesOfTwoCasesAreNoCustodyOfOne) {
  const Lines lines = Lines().AddAfter({3, "00"}, 999).AddAfter({9, "garbage"}, 5);
  EXPECT_THAT(lines.Problems(),
              ElementsAre(HasSubstr("line 2: event 9 is of case 5, and lines before it of case 999")));
  EXPECT_THAT(lines.Problems(LogLines::kOfAnything), IsEmpty());
}

TEST(CustodyTest, NumbersAscend) {
  EXPECT_THAT(Lines().AddAfter({9, "00"}, 3).AddAfter({3, "00"}, 3).Problems(),
              ElementsAre(HasSubstr("line 2: event 3 does not come after event 9")));
  const Lines twice = Lines().AddAfter({9, "00"}, 3).AddAfter({9, "00"}, 3);
  EXPECT_THAT(twice.Problems(), ElementsAre(HasSubstr("line 2: event 9 does not come after event 9")));
  EXPECT_THAT(Lines().AddAfter({0, ""}, 3).Problems(), ElementsAre(HasSubstr("line 1: event 0 does not come after")));
}

TEST(CustodyTest, NumbersAtTheirLimitsAreTaken) {
  constexpr int64_t kMost = std::numeric_limits<int64_t>::max();
  EXPECT_THAT(Lines().AddAfter({kMost, "00"}, 3).AddAfter({std::numeric_limits<int64_t>::min(), "00"}, 3).Problems(),
              ElementsAre(HasSubstr("line 2: ")));
}

TEST(CustodyTest, TimesDoNotGoBack) {
  EXPECT_THAT(Lines().Add(3, "2020-01-01T00:00:00.000Z").Add(3, "1999-01-01T00:00:00.000Z").Problems(),
              ElementsAre(HasSubstr("line 2: event 2 has an earlier time")));
  EXPECT_THAT(Lines().Add(3, "yesterday").Problems(), ElementsAre(HasSubstr("line 1: event 1 has no time")));
}

TEST(CustodyTest, AClockThatWasCorrectedIsNoProblem) {
  EXPECT_THAT(Lines().Add(3, "2026-11-30T10:00:02.000Z").Add(3, "2026-11-30T10:00:00.500Z").Problems(), IsEmpty());
}

TEST(CustodyTest, ManySmallStepsBackAreOneLargeOne) {
  Lines lines;
  for (const char* const time : {"09", "08", "07", "06", "05", "04", "03", "02", "01", "00"})
    lines.Add(3, std::string("2026-11-30T10:") + time + ":00.000Z");
  EXPECT_THAT(lines.Problems(), IsEmpty());
  lines.Add(3, "2026-11-30T09:58:00.000Z");
  EXPECT_THAT(lines.Problems(), ElementsAre(HasSubstr("line 11: ")));
}

TEST(CustodyTest, AChangedEventIsNamed) {
  Lines lines = Lines().Add(3);
  std::string& line = lines.lines()[0];
  line.replace(line.find("\"n\":1"), 5, "\"n\":2");
  EXPECT_THAT(lines.Problems(), ElementsAre(HasSubstr("line 1: event 1 was changed")));
}

TEST(CustodyTest, AnExchangedEventIsNamed) {
  EXPECT_THAT(Lines().Add(3).AddAfter({2, "00"}, 3).Problems(),
              ElementsAre(HasSubstr("line 2: event 2 does not follow")));
  EXPECT_THAT(CheckLogLines({"{}"}, LogLines::kOfOneCase).problems, ElementsAre(HasSubstr("line 1: no line of a log")));
}

}  // namespace
}  // namespace unspin::evidence
