// What is said of how an article was read, and when.
#include "unspin/records/reading.h"

#include <gtest/gtest.h>

namespace unspin {
namespace {

Reading Of(uint32_t words, uint32_t page_words) {
  Reading reading;
  reading.words = words;
  reading.page_words = page_words;
  return reading;
}

TEST(ReadingTest, MuchIsLeftAsideWhereLessThanAQuarterWasRead) {
  EXPECT_TRUE(LeavesMuchAside(Of(99, 400)));
  EXPECT_FALSE(LeavesMuchAside(Of(100, 400)));
  EXPECT_FALSE(LeavesMuchAside(Of(400, 400)));
}

TEST(ReadingTest, AShortPageLeavesNothingAside) {
  EXPECT_FALSE(LeavesMuchAside(Of(1, 99)));
  EXPECT_TRUE(LeavesMuchAside(Of(1, 100)));
}

TEST(ReadingTest, WhatIsNoPageLeavesNothingAside) { EXPECT_FALSE(LeavesMuchAside(Reading())); }

TEST(ReadingTest, LargePagesDoNotOverflow) { EXPECT_FALSE(LeavesMuchAside(Of(uint32_t{1} << 31, uint32_t{1} << 31))); }

TEST(ReadingTest, ADescriptionNamesTheRestWhereItIsKnown) {
  Reading reading = Of(52, 640);
  EXPECT_EQ(DescribeReading(reading), "read 52 of 640 words");
  reading.rest = "comments";
  EXPECT_EQ(DescribeReading(reading), "read 52 of 640 words; the rest looks like comments");
}

}  // namespace
}  // namespace unspin
