#include "unspin/date/match_date.h"

#include <gtest/gtest.h>

#include <string_view>

namespace unspin {
namespace {

constexpr int64_t kMinute = 60'000;

std::optional<ClockTime> TimeOf(std::string_view text) { return MatchTime(DateTokensOf(text), 0); }

TEST(MatchTimeTest, FormsOfATime) {
  EXPECT_EQ(TimeOf("10:15")->ms, 615 * kMinute);
  EXPECT_EQ(TimeOf("10:15:30.25")->ms, 615 * kMinute + 30'250);
  EXPECT_EQ(TimeOf("10:15 p.m.")->ms, 1335 * kMinute);
  EXPECT_EQ(TimeOf("12:15am")->ms, 15 * kMinute);
  EXPECT_EQ(TimeOf("10h15")->ms, 615 * kMinute);
  EXPECT_EQ(TimeOf("10.15 Uhr")->ms, 615 * kMinute);
  EXPECT_EQ(TimeOf("10 Uhr")->ms, 600 * kMinute);
  EXPECT_EQ(TimeOf("22:15 PM")->ms, 1335 * kMinute);
  for (const std::string_view text : {"10", "10.15", "1015", "10 min", ""}) EXPECT_FALSE(TimeOf(text)) << text;
}

TEST(MatchTimeTest, ZonesBehindATime) {
  EXPECT_EQ(TimeOf("10:15+02:00")->offset_minutes, 120);
  EXPECT_EQ(TimeOf("10:15 GMT+0200")->offset_minutes, 120);
  EXPECT_EQ(TimeOf("10:15 (EDT)")->offset_minutes, -240);
  EXPECT_EQ(TimeOf("10:15 - 11 guests")->offset_minutes, std::nullopt);
  EXPECT_EQ(TimeOf("10:15-99:00")->offset_minutes, std::nullopt);
}

TEST(MatchTimeTest, AnImpossibleTimeIsATimeAllTheSame) {
  ASSERT_TRUE(TimeOf("25:15"));
  EXPECT_FALSE(TimeOf("25:15")->possible);
  Moment moment{Precision::kDay, 0, std::nullopt};
  SetTime(*TimeOf("25:15"), moment);
  EXPECT_FALSE(moment.known());
}

TEST(MatchDateTest, EndsBehindTheDateAndItsTime) {
  const auto tokens = DateTokensOf("1 September 2026, 10:15 BST and more");
  const auto match = MatchDate(tokens, 0, DayOrder::kUnknown);
  ASSERT_TRUE(match);
  EXPECT_EQ(tokens[match->end].word(), "and");
  EXPECT_EQ(ToIso8601(match->moment), "2026-09-01T10:15:00");
}

TEST(MatchDateTest, TheFormOfADateThatIsNoneIsPassedOver) {
  const auto match = MatchDate(DateTokensOf("31 February 2026"), 0, DayOrder::kUnknown);
  ASSERT_TRUE(match);
  EXPECT_FALSE(match->moment.known());
  EXPECT_FALSE(MatchDate(DateTokensOf("31 bridges 2026"), 0, DayOrder::kUnknown));
}

TEST(MatchWholeTest, OnlyWhatStandsAlone) {
  EXPECT_EQ(ToIso8601(*MatchWhole(DateTokensOf("September 2026"))), "2026-09");
  EXPECT_FALSE(MatchWhole(DateTokensOf("in September 2026")));
  EXPECT_FALSE(MatchWhole({}));
}

}  // namespace
}  // namespace unspin
