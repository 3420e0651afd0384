#include "unspin/text/layout.h"

#include <gtest/gtest.h>

#include <string>

namespace unspin {
namespace {

TEST(LayoutTest, AHyphenAtALineEndBreaksAWordBetweenSmallLetters) {
  EXPECT_EQ(WordBreakAt("rail-\nway", 4).behind, 6u);
  EXPECT_EQ(WordBreakAt("rail-\r\nway", 4).behind, 7u);
  EXPECT_EQ(WordBreakAt("m\u00fc-\n\u00fcl", 3).behind, 5u);
  const WordBreak soft = WordBreakAt("rail\u00ad\nway", 4);
  EXPECT_EQ(soft.behind, 7u);
  EXPECT_TRUE(soft.soft);
  for (const std::string text :
       {"NATO-\nled", "rail-\nWay", "rail-\n", "rail-", "rail-way", "rail-\n\nway", "rail-\n way"}) {
    EXPECT_EQ(WordBreakAt(text, 4).behind, 0u) << text;
  }
  EXPECT_EQ(WordBreakAt("-\nway", 0).behind, 0u);
}

TEST(LayoutTest, FewHyphensAtLineEndsBelongToCompounds) {
  const std::string broken = "the rail-\nway ";
  std::string lines;
  for (int i = 0; i < 30; ++i) lines += "and on\n";
  EXPECT_TRUE(FindBrokenWords(broken).at_hyphens);
  EXPECT_FALSE(FindBrokenWords(broken + broken + broken + lines).at_hyphens);
  EXPECT_FALSE(FindBrokenWords(broken).at_soft_hyphens);
  EXPECT_FALSE(FindBrokenWords("").at_hyphens);
  EXPECT_TRUE(FindBrokenWords("the rail\u00ad\nway " + lines).at_soft_hyphens);
}

}  // namespace
}  // namespace unspin
