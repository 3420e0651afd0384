#include "unspin/date/date_tokens.h"

#include <gtest/gtest.h>

#include <string>

namespace unspin {
namespace {

TEST(DateTokensTest, WordsLoseTheirAccentsAndCapitals) {
  const auto tokens = DateTokensOf("1er F\xc3\x89VRIER 2026");
  ASSERT_EQ(tokens.size(), 4u);
  EXPECT_EQ(tokens[0].number, 1u);
  EXPECT_EQ(tokens[1].word(), "er");
  EXPECT_TRUE(tokens[1].adjacent);
  EXPECT_EQ(tokens[2].word(), "fevrier");
  EXPECT_FALSE(tokens[2].adjacent);
  EXPECT_EQ(tokens[3].digits, 4);
}

TEST(DateTokensTest, SignsOfAnyBytesAreOneTokenEach) {
  const auto tokens = DateTokensOf("\xe2\x80\x93\xc2\xba\xf0\x9f\x98\x80\xff.");
  ASSERT_EQ(tokens.size(), 5u);
  EXPECT_TRUE(tokens[0].Is('-'));
  EXPECT_TRUE(tokens[1].Is('o'));
  EXPECT_TRUE(tokens[2].Is('?'));
  EXPECT_TRUE(tokens[3].Is('?'));
  EXPECT_TRUE(tokens[4].Is('.'));
}

TEST(DateTokensTest, LongWordsAndNumbersAreNone) {
  const auto tokens = DateTokensOf(std::string(30, 'x') + " " + std::string(30, '9'));
  ASSERT_EQ(tokens.size(), 2u);
  EXPECT_EQ(tokens[0].word(), "");
  EXPECT_EQ(tokens[1].number, 0u);
  EXPECT_EQ(tokens[1].digits, 30);
}

}  // namespace
}  // namespace unspin
