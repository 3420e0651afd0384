// Every form of a date gives its moment; what could be misread is unknown.
#include <gtest/gtest.h>

#include <string>

#include "unspin/date/parse_date.h"

namespace unspin {
namespace {

std::string Parsed(std::string_view text, DayOrder order = DayOrder::kUnknown) {
  return ToIso8601(ParseDate(text, order));
}

struct Form {
  std::string_view text, iso;
};

TEST(ParseDateTest, FormsOfIso8601) {
  constexpr Form kForms[] = {
      {"2026-09-01", "2026-09-01"},
      {" 2026-9-1\n", "2026-09-01"},
      {"2026/09/01", "2026-09-01"},
      {"2026.09.01", "2026-09-01"},
      {"20260901", "2026-09-01"},
      {"2026-W36-2", "2026-09-01"},
      {"2026W362", "2026-09-01"},
      {"2026-244", "2026-09-01"},
      {"2026", "2026"},
      {"1970", "1970"},
      {"2026-09", "2026-09"},
      {"2026-09-01T10:15:00Z", "2026-09-01T10:15:00Z"},
      {"2026-09-01t10:15:00z", "2026-09-01T10:15:00Z"},
      {"2026-09-01T10:15Z", "2026-09-01T10:15:00Z"},
      {"2026-09-01T10:15:00.123456Z", "2026-09-01T10:15:00Z"},
      {"2026-09-01T10:15:00,5+02:00", "2026-09-01T10:15:00+02:00"},
      {"2026-09-01T10:15:00+0200", "2026-09-01T10:15:00+02:00"},
      {"2026-09-01T10:15:00-05", "2026-09-01T10:15:00-05:00"},
      {"2026-09-01T10:15:00+05:30", "2026-09-01T10:15:00+05:30"},
      {"2026-09-01 10:15:00", "2026-09-01T10:15:00"},
      {"2026-09-01 10:15:00 +0000 UTC", "2026-09-01T10:15:00Z"},
      {"2026-09-01 10:15:00Z", "2026-09-01T10:15:00Z"},
      {"2026-09-01 23:00 EST", "2026-09-01T23:00:00-05:00"},
      {"20260901T101500Z", "2026-09-01T10:15:00Z"},
      {"20260901T1015+0200", "2026-09-01T10:15:00+02:00"},
      {"20260901101500", "2026-09-01T10:15:00"},
      {"2026-09-01T24:00:00Z", "2026-09-02T00:00:00Z"},
      {"2026-12-31T23:59:60Z", "2026-12-31T23:59:59Z"},
      {"2026-09-01T10:15:00-00:00", "2026-09-01T10:15:00"},
      {"1788257700", "2026-09-01T10:15:00Z"},
      {"1788257700000", "2026-09-01T10:15:00Z"},
      {"1788257700.25", "2026-09-01T10:15:00Z"},
  };
  for (const auto& [text, iso] : kForms) EXPECT_EQ(Parsed(text), iso) << text;
}

TEST(ParseDateTest, FormsOfMailAndPrograms) {
  constexpr Form kForms[] = {
      {"Tue, 01 Sep 2026 10:15:00 +0200", "2026-09-01T10:15:00+02:00"},
      {"Tue, 1 Sep 26 10:15:00 GMT", "2026-09-01T10:15:00Z"},
      {"1 Sep 99 10:15 UT", "1999-09-01T10:15:00Z"},
      {"Tue, 01 Sep 2026 10:15:00 EDT", "2026-09-01T10:15:00-04:00"},
      {"Tue, 01 Sep 2026 10:15:00 +0200 (CEST)", "2026-09-01T10:15:00+02:00"},
      {"Tuesday, 01-Sep-26 10:15:00 GMT", "2026-09-01T10:15:00Z"},
      {"Tue Sep  1 10:15:00 2026", "2026-09-01T10:15:00"},
      {"Tue Sep  1 10:15:00 EDT 2026", "2026-09-01T10:15:00-04:00"},
      {"Tue Sep 01 10:15:00 +0000 2026", "2026-09-01T10:15:00Z"},
      {"Tue Sep 01 2026 10:15:00 GMT+0200 (Central European Summer Time)", "2026-09-01T10:15:00+02:00"},
      {"Tue, 09/01/2026 - 10:15", "2026-09-01T10:15:00"},
      {"Sep 01, 2026T10:00:00+03:00", "2026-09-01T10:00:00+03:00"},
      {"2026-09-01UTC07:30:00+00:00", "2026-09-01T07:30:00Z"},
  };
  for (const auto& [text, iso] : kForms) EXPECT_EQ(Parsed(text), iso) << text;
}

TEST(ParseDateTest, WrittenForms) {
  constexpr Form kForms[] = {
      {"1 September 2026", "2026-09-01"},
      {"1st September, 2026", "2026-09-01"},
      {"the 1st of September 2026", "2026-09-01"},
      {"Tuesday, September 1, 2026", "2026-09-01"},
      {"SEPTEMBER 1ST, 2026", "2026-09-01"},
      {"Sept. 1, 2026 at 10:15 a.m. EDT", "2026-09-01T10:15:00-04:00"},
      {"Sept. 1, 2026, 12:15 AM ET", "2026-09-01T00:15:00"},
      {"September 1, 2026 @08:00PM", "2026-09-01T20:00:00"},
      {"10:15 p.m. BST, Tuesday 1 September 2026", "2026-09-01T22:15:00"},
      {"September 1, 2026 | 5 min read", "2026-09-01"},
      {"Published: Tue 1 Sep 2026 10.15 BST", "2026-09-01"},
      {"Posted on September 1, 2026 by Ann Writer", "2026-09-01"},
      {"Published 1 Sep 2026, updated 3 Sep 2026", "2026-09-01"},
      {"Updated 3 Sep 2026; first published 1 Sep 2026", "2026-09-01"},
      {"September 2026", "2026-09"},
      {"1. September 2026, 10:15 Uhr", "2026-09-01T10:15:00"},
      {"Di., 1. Sept. 2026, 10.15 Uhr", "2026-09-01T10:15:00"},
      {"Veröffentlicht am 1. März 2026 um 10 Uhr MEZ", "2026-03-01T10:00:00+01:00"},
      {"01.09.2026", "2026-09-01"},
      {"1. 9. 2026 10:15", "2026-09-01T10:15:00"},
      {"1er septembre 2026 à 10h15", "2026-09-01T10:15:00"},
      {"Publié le mar. 1 sept. 2026 à 10 h", "2026-09-01T10:00:00"},
      {"13 août 2026", "2026-08-13"},
      {"5 F\xc3\x89VRIER 2026", "2026-02-05"},
      {"1 de septiembre de 2026", "2026-09-01"},
      {"1 de septiembre del 2026 10:15 h", "2026-09-01T10:15:00"},
      {"Pubblicato il 1º settembre 2026 alle 10:15", "2026-09-01T10:15:00"},
      {"1 maart 2026 om 10.15 uur", "2026-03-01T10:15:00"},
      {"1 de março de 2026 às 10h15", "2026-03-01T10:15:00"},
      {"25/09/2026", "2026-09-25"},
      {"9/25/2026 10:15 PM", "2026-09-25T22:15:00"},
      {"04/04/2026", "2026-04-04"},
      {"Tuesday 03/11/2026", "2026-11-03"},
  };
  for (const auto& [text, iso] : kForms) EXPECT_EQ(Parsed(text), iso) << text;
}

TEST(ParseDateTest, WhatCouldBeMisreadIsUnknown) {
  constexpr std::string_view kTexts[] = {"",
                                         "yesterday",
                                         "2 hours ago",
                                         "today at 10:15",
                                         "1 September",
                                         "Updated September 1, 2026",
                                         "Stand: 01.09.2026",
                                         "Copyright 1 September 2026",
                                         "\xc2\xa9 1 September 2026",
                                         "03/04/2026",
                                         "3-4-2026",
                                         "2026-02-31",
                                         "31 February 2026",
                                         "2026-13-01",
                                         "2026-00-10",
                                         "0000-00-00",
                                         "0001-01-01T00:00:00Z",
                                         "1970-01-01T00:00:00Z",
                                         "1969-12-31T19:00:00-05:00",
                                         "1970-01-01",
                                         "9999-12-31",
                                         "2099-12-31",
                                         "2026-09-01T25:00",
                                         "2026-09-01T10:61",
                                         "0",
                                         "12",
                                         "123456789",
                                         "2030010112",
                                         "99999999999999999999",
                                         "20261301",
                                         "2026-W60-1",
                                         "2026-367",
                                         "2025-366",
                                         "1.2.2026.4",
                                         "10.1.2.2026",
                                         "from 1 September 2026 or 3 September 2026",
                                         "version 2026.9",
                                         "09/26",
                                         "25/09/26",
                                         "September",
                                         "Model B2026-09-01",
                                         "2026-09-0x"};
  for (const std::string_view text : kTexts) EXPECT_EQ(Parsed(text), "") << text;
  EXPECT_EQ(Parsed("1 September 2026" + std::string(1000, '.')), "") << "a text, no field";
}

TEST(ParseDateTest, TheLanguageTellsDayAndMonthApart) {
  EXPECT_EQ(Parsed("03/04/2026", DayOrder::kDayFirst), "2026-04-03");
  EXPECT_EQ(Parsed("03/04/2026", DayOrder::kMonthFirst), "2026-03-04");
  EXPECT_EQ(Parsed("25/09/2026", DayOrder::kMonthFirst), "2026-09-25");
  EXPECT_EQ(Parsed("01.09.2026", DayOrder::kMonthFirst), "") << "Americans write dots, too, the month first";
}

TEST(ParseDateTest, AnyBytesAreReadToTheirEnd) {
  std::string bytes;
  for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
  EXPECT_EQ(Parsed(bytes), "");
  EXPECT_EQ(Parsed("\xc3"), "");
  EXPECT_EQ(Parsed("2026-09-01T10:15:00\xe2\x88\x92"
                   "05:00"),
            "2026-09-01T10:15:00-05:00")
      << "a minus sign";
  EXPECT_EQ(Parsed("1\xc2\xa0September\xe2\x80\xaf"
                   "2026"),
            "2026-09-01")
      << "no-break spaces";
}

TEST(FindDatesTest, SaysWhatStandsBeforeEachDate) {
  const auto dates = FindDates("Posted 1 Sep 2026. Updated on Sept. 3, 2026 by Ann. Also 4 Sep 2026.");
  ASSERT_EQ(dates.size(), 3u);
  EXPECT_EQ(dates[0].label, DateLabel::kPublished);
  EXPECT_EQ(dates[1].label, DateLabel::kUpdated);
  EXPECT_EQ(dates[2].label, DateLabel::kNone);
  EXPECT_EQ(ToIso8601(dates[2].moment), "2026-09-04");
}

TEST(FindDatesTest, LongTextsTakeTimeInProportion) {
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += "10:15 1. ";
  EXPECT_TRUE(FindDates(text).empty());
}

TEST(IsDateAloneTest, OnlyLabelsAndWeekdaysMayStandBesideADate) {
  EXPECT_TRUE(IsDateAlone("Published on Tuesday, September 1, 2026 - 10:15 AM"));
  EXPECT_TRUE(IsDateAlone("| 2026-09-01"));
  EXPECT_FALSE(IsDateAlone("The bridge opened on September 1, 2026"));
  EXPECT_FALSE(IsDateAlone("Published"));
}

}  // namespace
}  // namespace unspin
