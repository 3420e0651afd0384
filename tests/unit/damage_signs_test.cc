#include "unspin/charset/damage_signs.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "unspin/charset/crossed_charsets.h"
#include "unspin/charset/mojibake.h"

namespace unspin {
namespace {

TEST(DamageSignsTest, EnglishWithQuotationMarksHasNone) {
  std::string text;
  for (int times = 0; times < 8; ++times) {
    EXPECT_FALSE(HoldsDamageSigns(text));
    text += "“It’s fine,” she said – and left… 5 > 3; 20% off <b> & ";
  }
}

TEST(DamageSignsTest, EachIsFoundWhereverItStands) {
  for (const size_t before : {0, 1, 7, 8, 61, 62, 63, 64, 65, 130}) {
    for (const size_t after : {0, 1, 80}) {
      for (const std::string sign : {"é", "£", "Ă", "Γ", "д", "с", "─", "╔"}) {
        EXPECT_TRUE(HoldsDamageSigns(std::string(before, ' ') + sign + std::string(after, ' '))) << before << sign;
      }
    }
  }
}

TEST(DamageSignsTest, NoTextThatNeedsMendingIsMissed) {
  const std::string pieces[] = {"a", " ",  "é",    "Ă©",   "Ð´", "д",  "с",    "â€™",
                                "┬", "ΓÇ", "\xc3", "\xff", "’",  "√©", "word", "\xe2"};
  std::mt19937 random(7);
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    for (int i = 0; i < 40; ++i) text += pieces[random() % (1 + random() % std::size(pieces))];
    if (MayHoldMojibake(text) || MayHoldCrossedCharsets(text)) {
      EXPECT_TRUE(HoldsDamageSigns(text)) << text;
    }
  }
}

}  // namespace
}  // namespace unspin
