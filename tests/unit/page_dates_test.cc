#include "unspin/page/page_dates.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "unspin/date/parse_date.h"

namespace unspin {
namespace {

struct Clue {
  DateSource source;
  std::string_view date;
};

std::string Published(const std::vector<Clue>& said) {
  std::vector<DateClue> clues;
  for (const auto& [source, date] : said) clues.push_back({source, ParseDate(date)});
  return ToIso8601(PublishedBy(clues));
}

TEST(PublishedByTest, TheStrongestSourceIsBelieved) {
  EXPECT_EQ(Published({{DateSource::kMeta, "2026-09-03"}, {DateSource::kOpenGraph, "2026-09-01"}}), "2026-09-01");
  EXPECT_EQ(Published({{DateSource::kLabelled, "2026-09-03"}, {DateSource::kMeta, "2026-09-01"}}), "2026-09-01");
  EXPECT_EQ(Published({}), "");
}

TEST(PublishedByTest, ThePagesOwnZoneAndTimeAreTaken) {
  EXPECT_EQ(
      Published({{DateSource::kOpenGraph, "2026-09-01T02:30:10Z"}, {DateSource::kLabelled, "2026-08-31T22:30-04:00"}}),
      "2026-08-31T22:30:00-04:00");
  EXPECT_EQ(Published({{DateSource::kOpenGraph, "2026-09-01"}, {DateSource::kMeta, "2026-09-01T10:00:00+02:00"}}),
            "2026-09-01T10:00:00+02:00");
}

TEST(PublishedByTest, AnEarlierDateShownToReadersIsThatOfTheFirstPublication) {
  EXPECT_EQ(Published({{DateSource::kLinkedArticle, "2026-09-01T08:00:00Z"}, {DateSource::kPlain, "2024-03-05"}}),
            "2024-03-05");
  EXPECT_EQ(Published({{DateSource::kOpenGraph, "2026-09-01T02:30:00Z"}, {DateSource::kPlain, "2026-08-31"}}),
            "2026-09-01T02:30:00Z")
      << "the evening before in America";
  EXPECT_EQ(Published({{DateSource::kLinkedArticle, "2026-09-01"},
                       {DateSource::kPlain, "2013-01-01"},
                       {DateSource::kInside, "2013-02-01"},
                       {DateSource::kInside, "2013-03-01"}}),
            "2026-09-01")
      << "a list of dates";
}

TEST(PublishedByTest, TwoWeakCluesOutweighOneAndContradictionsAreUnknown) {
  EXPECT_EQ(Published({{DateSource::kLabelled, "2026-09-03"},
                       {DateSource::kUrl, "2026-09-01"},
                       {DateSource::kPlain, "2026-09-01"}}),
            "2026-09-01");
  EXPECT_EQ(Published({{DateSource::kInside, "2026-09-03"}, {DateSource::kInside, "2026-09-01"}}), "");
  EXPECT_EQ(Published({{DateSource::kUrl, "2026-09-01"}}), "2026-09-01");
}

TEST(DayInUrlTest, OnlyWholeDaysCount) {
  EXPECT_EQ(ToIso8601(DayInUrl("https://daily.example/2026/09/01/bridge")), "2026-09-01");
  EXPECT_EQ(ToIso8601(DayInUrl("https://daily.example/news/2026-09-01-bridge.html")), "2026-09-01");
  for (const char* url : {"https://daily.example/2026/09/bridge", "https://daily.example/1234/56/78", "", "/2026",
                          "https://daily.example/12026/09/01"})
    EXPECT_EQ(ToIso8601(DayInUrl(url)), "") << url;
}

}  // namespace
}  // namespace unspin
