// Moments are ordered only as far as they are known.
#include "unspin/date/moment.h"

#include <gtest/gtest.h>

#include <string_view>

#include "unspin/date/parse_date.h"

namespace unspin {
namespace {

Order Ordered(std::string_view a, std::string_view b) { return OrderOf(ParseDate(a), ParseDate(b)); }

void ExpectBefore(std::string_view a, std::string_view b) {
  EXPECT_EQ(Ordered(a, b), Order::kBefore) << a << " " << b;
  EXPECT_EQ(Ordered(b, a), Order::kAfter) << a << " " << b;
}

void ExpectUnknown(std::string_view a, std::string_view b) {
  EXPECT_EQ(Ordered(a, b), Order::kUnknown) << a << " " << b;
  EXPECT_EQ(Ordered(b, a), Order::kUnknown) << a << " " << b;
}

TEST(OrderOfTest, InstantsWithZonesAreComparedAsInstants) {
  ExpectBefore("2026-09-02T08:00:00Z", "2026-09-02T08:00:00.001Z");
  ExpectBefore("2026-09-03T01:00:00+00:00", "2026-09-02T23:30:00-05:00");
  ExpectBefore("2026-09-03T07:00:00+09:00", "2026-09-02T23:00:00Z");
  ExpectUnknown("2026-09-03T01:00:00Z", "2026-09-02T20:00:00-05:00");
}

TEST(OrderOfTest, DaysAreComparedByTheCalendar) {
  ExpectBefore("2026-09-01", "2026-09-02");
  ExpectUnknown("2026-09-01", "2026-09-01");
  ExpectBefore("2026-09-01", "2026-09-02T00:30:00");
  ExpectUnknown("2026-09-02", "2026-09-02T00:30:00");
}

TEST(OrderOfTest, WithoutAZoneLessThanADayIsUnknown) {
  ExpectUnknown("2026-09-01T23:00:00", "2026-09-02T01:00:00");
  ExpectUnknown("2026-09-01T23:00:00", "2026-09-02T22:00:00Z");
  ExpectBefore("2026-09-01T23:00:00", "2026-09-02T23:00:00");
  ExpectBefore("2026-09-01T23:00:00Z", "2026-09-03T01:00:00");
}

TEST(OrderOfTest, ADayIsAsLongAsItMayBeAnywhere) {
  ExpectUnknown("2026-09-01", "2026-09-02T07:30:00Z");  // half past eleven in Los Angeles
  ExpectBefore("2026-09-01", "2026-09-02T09:30:00Z");
  ExpectUnknown("2026-09-01T12:00:00Z", "2026-09-02");  // one o'clock in Auckland
  ExpectBefore("2026-09-01T10:00:00Z", "2026-09-02");
}

TEST(OrderOfTest, ADayOrdersNothingThatWasWrittenOnIt) {
  ExpectUnknown("2026-09-03", "2026-09-03T23:30:00-10:00");
  ExpectUnknown("2026-09-03", "2026-09-03T00:30:00+14:00");
  ExpectUnknown("2026-09", "2026-09-30T23:30:00-10:00");
  ExpectUnknown("2026", "2026-12-31T23:30:00-11:00");
  ExpectBefore("2026-09-02", "2026-09-03T23:30:00-10:00");
  ExpectBefore("2026-09-03", "2026-09-04T23:30:00-10:00");
}

TEST(OrderOfTest, CoarseDatesOrderNothingCloser) {
  ExpectBefore("2023", "2024-03-01");
  ExpectUnknown("2024", "2024-03-01");
  ExpectUnknown("2024-03", "2024-03-31T23:00:00");
  ExpectBefore("2024-02", "2024-03");
  ExpectBefore("December 2023", "2024");
  ExpectUnknown("", "2024-03-01");
  ExpectUnknown("yesterday", "2024-03-01");
}

Order ToEnd(std::string_view later, std::string_view start, int64_t hours) {
  return OrderToEndOfDelay(ParseDate(later), ParseDate(start), hours * 3'600'000);
}

TEST(OrderToEndOfDelayTest, InstantsAreComparedToTheMillisecond) {
  EXPECT_EQ(ToEnd("2026-09-01T11:59:59Z", "2026-09-01T10:00:00Z", 2), Order::kBefore);
  EXPECT_EQ(ToEnd("2026-09-01T14:00:00+02:00", "2026-09-01T10:00:00Z", 2), Order::kAfter);
}

TEST(OrderToEndOfDelayTest, ADayMayBeAnyOfItsHours) {
  EXPECT_EQ(ToEnd("2026-09-03", "2026-09-01", 48), Order::kUnknown);
  EXPECT_EQ(ToEnd("2026-09-02", "2026-09-01", 48), Order::kBefore);
  EXPECT_EQ(ToEnd("2026-09-01", "2026-09-01", 48), Order::kBefore);
  EXPECT_EQ(ToEnd("2026-09-03", "2026-09-01", 24), Order::kAfter);
  EXPECT_EQ(ToEnd("2026-09-02T09:00:00", "2026-09-01", 48), Order::kBefore);
}

TEST(OrderToEndOfDelayTest, ADayWithoutAZoneMayBeAnywhere) {
  EXPECT_EQ(ToEnd("2026-09-03", "2026-09-01T12:00:00Z", 24), Order::kUnknown);  // at noon in Auckland
  EXPECT_EQ(ToEnd("2026-09-04", "2026-09-01T12:00:00Z", 24), Order::kAfter);
  EXPECT_EQ(ToEnd("2026-09-01", "2026-09-01T10:00:00+01:00", 24), Order::kUnknown);  // west of Hawaii
  EXPECT_EQ(ToEnd("2026-09-01", "2026-09-01T12:00:00Z", 24), Order::kBefore);
}

TEST(OrderToEndOfDelayTest, TwoInstantsWithoutAZoneMustBeADayApart) {
  EXPECT_EQ(ToEnd("2026-09-02T11:00:00", "2026-09-01T12:00:00", 24), Order::kUnknown);
  EXPECT_EQ(ToEnd("2026-09-01T12:00:00", "2026-09-01T13:00:00", 24), Order::kBefore);
  EXPECT_EQ(ToEnd("2026-09-03T12:00:00", "2026-09-01T12:00:00", 24), Order::kAfter);
}

TEST(OrderToEndOfDelayTest, AnUnknownDateOrdersNothing) {
  EXPECT_EQ(ToEnd("", "2026-09-01", 24), Order::kUnknown);
  EXPECT_EQ(ToEnd("2026-09-01", "", 24), Order::kUnknown);
}

TEST(ToIso8601Test, WritesAsMuchAsIsKnown) {
  for (const std::string_view text : {"2026", "2026-09", "2026-09-01", "2026-09-01T10:15:00", "2026-09-01T10:15:00Z",
                                      "2026-09-01T10:15:00+02:00", "1905-09-01T23:59:59-09:30"})
    EXPECT_EQ(ToIso8601(ParseDate(text)), text);
  EXPECT_EQ(ToIso8601({}), "");
}

TEST(DayOfTest, IsTheDayOfThePlace) {
  EXPECT_EQ(DayOf(ParseDate("1970-01-02T23:30:00-05:00")), 1);
  EXPECT_EQ(DayOf(ParseDate("1969-12-31")), -1);
  EXPECT_EQ(DayOf(ParseDate("2026-09")), std::nullopt);
  EXPECT_EQ(DayOf({}), std::nullopt);
}

}  // namespace
}  // namespace unspin
