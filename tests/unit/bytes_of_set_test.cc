#include "unspin/charset/bytes_of_set.h"

#include <gtest/gtest.h>

namespace unspin {
namespace {

TEST(BytesOfSetTest, CharactersHaveTheirBytes) {
  EXPECT_EQ(BytesOfSet("windows-1252").ByteOf(0x20ac), 0x80);
  EXPECT_EQ(BytesOfSet("windows-1252").ByteOf(0x80), 0x80) << "as Latin-1 has it";
  EXPECT_EQ(BytesOfSet("koi8-r").ByteOf(0x430), 0xc1);
  EXPECT_EQ(BytesOfSet("ibm437").ByteOf(0x251c), 0xc3);
  EXPECT_EQ(BytesOfSet("koi8-r").ByteOf('a'), kNoByte);
  EXPECT_EQ(BytesOfSet("windows-1251").ByteOf(0xe9), kNoByte);
}

TEST(BytesOfSetTest, TwoSetsMixCyrillicIntoTheBytesOfUtf8) {
  EXPECT_TRUE(BytesOfSet("koi8-r").mixes_cyrillic());
  EXPECT_TRUE(BytesOfSet("ibm866").mixes_cyrillic());
  EXPECT_FALSE(BytesOfSet("windows-1251").mixes_cyrillic());
}

}  // namespace
}  // namespace unspin
