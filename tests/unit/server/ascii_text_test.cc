#include "server/ascii_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace unspin::server {
namespace {

using ::testing::ElementsAre;

TEST(AsciiTextTest, OnlyAsciiLettersAreLowered) { EXPECT_EQ(Lower("AbZ[\xc3\x89"), "abz[\xc3\x89"); }

TEST(AsciiTextTest, TrimmingLeavesTheInside) {
  EXPECT_EQ(Trim(" \ta b\t "), "a b");
  EXPECT_EQ(Trim(" \t"), "");
  EXPECT_EQ(Trim(""), "");
  EXPECT_EQ(Trim("\r"), "\r");
}

TEST(AsciiTextTest, EmptyPartsAreParts) {
  EXPECT_THAT(Split("a,,b,", ','), ElementsAre("a", "", "b", ""));
  EXPECT_THAT(Split("", ','), ElementsAre(""));
}

TEST(AsciiTextTest, HexHasTwoDigitsAByte) {
  EXPECT_EQ(ToHex(std::string_view("\x00\xaf\x09", 3)), "00af09");
  EXPECT_EQ(HexValue('F'), 15);
  EXPECT_EQ(HexValue('g'), -1);
  EXPECT_EQ(HexValue('/'), -1);
}

}  // namespace
}  // namespace unspin::server
