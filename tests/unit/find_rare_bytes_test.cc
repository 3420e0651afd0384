#include "unspin/kernels/find_rare_bytes.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "unspin/charset/crossed_charsets.h"
#include "unspin/charset/mojibake.h"
#include "unspin/kernels/variant.h"
#include "unspin/page/markup_text.h"

namespace unspin {
namespace {

class FindRareBytesTest : public ::testing::TestWithParam<std::string> {
 protected:
  void SetUp() override { ASSERT_TRUE(UseKernelVariant(GetParam())); }
  void TearDown() override { UseKernelVariant(""); }
};

TEST_P(FindRareBytesTest, EnglishWithQuotationMarksHasNone) {
  std::string text;
  for (int times = 0; times < 8; ++times) {
    EXPECT_FALSE(FindRareBytes(text).damage);
    EXPECT_FALSE(FindRareBytes(text).markup);
    text += "“It’s fine,” she said – and left… 5 > 3; 20% off. ";
  }
}

TEST_P(FindRareBytesTest, EachIsFoundWhereverItStands) {
  for (const size_t before : {0, 1, 7, 8, 31, 61, 62, 63, 64, 65, 130}) {
    for (const size_t after : {0, 1, 80}) {
      for (const std::string sign : {"é", "£", "Ă", "Γ", "д", "с", "─", "╔", "<", "&"}) {
        const RareBytes found = FindRareBytes(std::string(before, ' ') + sign + std::string(after, ' '));
        EXPECT_EQ(found.markup, sign.size() == 1) << before << sign;
        EXPECT_EQ(found.damage, sign.size() > 1) << before << sign;
      }
    }
  }
}

TEST_P(FindRareBytesTest, AHyphenAtTheEndOfALineIsFoundWhereverItStands) {
  for (const size_t before : {0, 1, 7, 8, 31, 61, 62, 63, 64, 65, 130}) {
    for (const size_t after : {0, 1, 80}) {
      const auto holds = [&](const std::string& text) {
        return HoldsHyphenAtLineEnd(std::string(before, ' ') + text + std::string(after, ' '));
      };
      for (const std::string end : {"-\n", "-\r\n", "\u00ad\n"}) EXPECT_TRUE(holds(end)) << before;
      for (const std::string text : {"-", "\n", "- \n", "-a\n", "\n-", "\u00ad"}) EXPECT_FALSE(holds(text)) << before;
    }
  }
}

TEST_P(FindRareBytesTest, NoTextThatNeedsCleaningIsMissed) {
  const std::string pieces[] = {"a",  " ",  "é",    "Ă©",   "Ð´", "д",  "с",    "â€™",  "┬",
                                "ΓÇ", "&#", "\xc3", "\xff", "’",  "√©", "word", "\xe2", "<p>"};
  std::mt19937 random(7);
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    for (int i = 0; i < 40; ++i) text += pieces[random() % (1 + random() % std::size(pieces))];
    const RareBytes found = FindRareBytes(text);
    if (MayHoldMojibake(text) || MayHoldCrossedCharsets(text)) {
      EXPECT_TRUE(found.damage) << text;
    }
    if (MayHoldMarkup(text)) {
      EXPECT_TRUE(found.markup) << text;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Variants, FindRareBytesTest, ::testing::ValuesIn(KernelVariants()),
                         [](const auto& name) { return name.param; });

}  // namespace
}  // namespace unspin
