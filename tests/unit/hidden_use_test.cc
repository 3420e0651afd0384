#include "unspin/text/hidden_use.h"

#include <gtest/gtest.h>

#include <string>

namespace unspin {
namespace {

bool IsHonest(char32_t hidden, char32_t before, char32_t behind) {
  return IsHonestUse(hidden, {.previous = before, .before = before, .behind = behind});
}

TEST(HiddenUseTest, WhatSplitsAWordIsNoHonestUse) {
  for (const char32_t hidden : {0x200bu, 0x200cu, 0x200du, 0x2060u, 0xfeffu, 0x034fu, 0x180eu, 0x2063u, 0xfe0fu,
                                0x115fu, 0x3164u, 0x2800u, 0x17b4u, 0x200eu, 0x2069u, 0xe0100u}) {
    EXPECT_FALSE(IsHonest(hidden, U'a', U'b')) << std::hex << static_cast<uint32_t>(hidden);
    EXPECT_FALSE(IsHonest(hidden, U'\u0431', U'\u0432')) << std::hex << static_cast<uint32_t>(hidden);
  }
}

TEST(HiddenUseTest, TagsAndOverridesAreHonestNowhereElse) {
  EXPECT_TRUE(IsHonest(0xe0067, U'\U0001f3f4', U' '));
  for (const char32_t hidden : {0xe0067u, 0xe0020u, 0x202eu, 0x202du}) EXPECT_FALSE(IsHonest(hidden, U' ', U' '));
}

TEST(HiddenUseTest, JoinersServeScriptsThatJoin) {
  EXPECT_TRUE(IsHonest(0x200c, U'\u06cc', U'\u062e'));
  EXPECT_TRUE(IsHonest(0x200d, U'\u094d', U'\u092f'));
  EXPECT_TRUE(IsHonest(0x200d, U'\U0001f469', U'\U0001f467'));
  EXPECT_TRUE(IsHonest(0x200c, U'f', U'l'));
  EXPECT_FALSE(IsHonest(0x200c, U'f', U'e'));
  EXPECT_FALSE(IsHonest(0x200b, U'\u06cc', U'\u062e'));
}

TEST(HiddenUseTest, OneVariationSelectorChoosesAndSeveralAreAMessage) {
  const HiddenPlace second{.previous = 0xfe0f, .before = U'\u2764', .behind = U' '};
  EXPECT_TRUE(IsHonest(0xfe0f, U'\u2764', U' '));
  EXPECT_TRUE(IsHonest(0xe0100, U'\u845b', U'a'));
  EXPECT_FALSE(IsHonestUse(0xfe00, second));
}

TEST(HiddenUseTest, WritingIsTurnedInRightToLeftTextsOnly) {
  HiddenPlace place{.previous = U' ', .before = U' ', .behind = U'a'};
  EXPECT_FALSE(IsHonestUse(0x202b, place));
  place.right_to_left_text = true;
  EXPECT_TRUE(IsHonestUse(0x202b, place));
  EXPECT_TRUE(IsHonest(0x200f, U'\u05d0', U'a'));
}

TEST(HiddenUseTest, SoftHyphensStandBetweenPiecesWithVowels) {
  const std::string shy = "\u00ad";
  for (const std::string& text :
       {"an" + shy + "imal", "Br" + shy + "no", "\u0433\u043e" + shy + "\u0440", "be" + shy + " "}) {
    EXPECT_FALSE(IsOutOfPlaceSoftHyphen(text, text.find(shy))) << text;
  }
  for (const std::string& text : {"th" + shy + "ey", "a" + shy + "bove", "sto" + shy + "p", "ha" + shy + shy + "ppy"}) {
    EXPECT_TRUE(IsOutOfPlaceSoftHyphen(text, text.find(shy))) << text;
  }
}

}  // namespace
}  // namespace unspin
