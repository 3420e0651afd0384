// One pass counts words, signs and words of furniture.
#include "unspin/page/text_counts.h"

#include <gtest/gtest.h>

namespace unspin {
namespace {

TEST(TextCountsTest, WordsAndSignsAreCounted) {
  const TextCounts counts = CountText("The 3 boats sailed. At 10.30 a|b!");
  EXPECT_EQ(counts.words, 9u);
  EXPECT_EQ(counts.short_words, 7u);
  EXPECT_EQ(counts.digits, 5u);
  EXPECT_EQ(counts.upper, 2u);
  EXPECT_EQ(counts.stops, 2u);
  EXPECT_EQ(counts.separators, 1u);
  EXPECT_TRUE(counts.starts_upper);
}

TEST(TextCountsTest, FurnitureIsKnownInSeveralLanguages) {
  EXPECT_EQ(CountText("Subscribe to our newsletter").furniture[static_cast<size_t>(Furniture::kAction)], 2u);
  EXPECT_EQ(CountText("Alle Rechte vorbehalten").furniture[static_cast<size_t>(Furniture::kLegal)], 2u);
  EXPECT_DOUBLE_EQ(CountText("Lire aussi demain").FurnitureShare(Furniture::kMore), 2.0 / 3);
  EXPECT_DOUBLE_EQ(CountText("The bridge is open").FurnitureShare(), 0);
}

TEST(TextCountsTest, NoTextHasNothing) {
  EXPECT_EQ(CountText("").words, 0u);
  EXPECT_DOUBLE_EQ(CountText(" .,").FurnitureShare(), 0);
}

}  // namespace
}  // namespace unspin
