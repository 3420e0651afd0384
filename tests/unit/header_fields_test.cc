#include "unspin/records/header_fields.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace unspin {
namespace {

TEST(HeaderFieldsTest, ABlankLineOfEitherKindEndsAHeader) {
  EXPECT_EQ(EndOfHeader("A\r\nb: c\r\n\r\nrest"), 11u);
  EXPECT_EQ(EndOfHeader("A\nb: c\n\nrest"), 8u);
  EXPECT_EQ(EndOfHeader("A\nb: c\n\r\nrest"), 9u);
  EXPECT_EQ(EndOfHeader("A\r\nb: c\r\n"), std::string_view::npos);
  EXPECT_EQ(EndOfHeader(""), std::string_view::npos);
}

TEST(HeaderFieldsTest, NamesAreFoundInAnyCase) {
  const HeaderFields fields("first: line\r\nContent-LENGTH :  12 \r\nb:c:d\r\n\r\n");
  EXPECT_EQ(fields.First("content-length"), "12");
  EXPECT_EQ(fields.First("b"), "c:d");
  EXPECT_EQ(fields.First("first"), "");
}

TEST(HeaderFieldsTest, FoldedLinesAreJoined) {
  const HeaderFields fields("x\nA: one\n two\n\tthree\nB: four\n \n\n");
  EXPECT_EQ(fields.First("a"), "one two three");
  EXPECT_EQ(fields.First("b"), "four");
}

TEST(HeaderFieldsTest, AllValuesOfANameKeepTheirOrder) {
  const HeaderFields fields("x\na: 1\nno field\nA: 2\nb: 3\na:\n");
  EXPECT_THAT(fields.All("a"), ::testing::ElementsAre("1", "2", ""));
  EXPECT_EQ(fields.First("a"), "1");
}

TEST(HeaderFieldsTest, TheFirstLineComesWithoutItsEnd) {
  EXPECT_EQ(FirstLine("WARC/1.0\r\nA: b"), "WARC/1.0");
  EXPECT_EQ(FirstLine("WARC/1.0\nA: b"), "WARC/1.0");
  EXPECT_EQ(FirstLine("WARC/1.0"), "WARC/1.0");
}

}  // namespace
}  // namespace unspin
