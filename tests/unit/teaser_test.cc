#include "unspin/inputs/teaser.h"

#include <gtest/gtest.h>

#include <string>

namespace unspin {
namespace {

std::string Words(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += i == 0 ? "Word" : " word";
  return text + ".";
}

TEST(TeaserTest, AShortSummaryIsATeaser) {
  EXPECT_TRUE(IsTeaser(Words(99), FeedText::kSummary));
  EXPECT_FALSE(IsTeaser(Words(100), FeedText::kSummary));
  EXPECT_FALSE(IsTeaser(Words(30), FeedText::kContent)) << "a brief that is given in full";
}

TEST(TeaserTest, ATextThatSaysThatItGoesOnElsewhereIsATeaser) {
  for (const char* end : {" […]", " [...]", " Read more", "\nContinue reading the story →",
                          " … Read the full story here", " (more…)", "\n\nKeep reading", "… Read more\n"})
    EXPECT_TRUE(IsTeaser(Words(120) + end, FeedText::kContent)) << end;
  for (const char* end : {" More is known.", "\nRead more: How bridges are built", " He had to read more books…",
                          " Learn more at bridge.example."})
    EXPECT_FALSE(IsTeaser(Words(120) + end, FeedText::kContent)) << end;
}

TEST(TeaserTest, AnEllipsisCutsASummaryButNotAText) {
  EXPECT_TRUE(IsTeaser(Words(120) + " And then…", FeedText::kSummary));
  EXPECT_FALSE(IsTeaser(Words(120) + " And then…", FeedText::kContent));
}

TEST(TeaserTest, WhatIsLongEnoughIsComparedWhateverItsEnd) {
  EXPECT_FALSE(IsTeaser(Words(200) + " […]", FeedText::kSummary));
}

TEST(TeaserTest, TheLineOfWordPressIsLookedPast) {
  EXPECT_TRUE(
      IsTeaser(Words(120) + " […]\n\nThe post Bridge opens appeared first on The Courier.", FeedText::kSummary));
  EXPECT_FALSE(IsTeaser(Words(120) + "\n\nThe post Bridge opens appeared first on The Courier.", FeedText::kSummary));
}

TEST(TeaserTest, NothingIsATeaser) {
  EXPECT_TRUE(IsTeaser("", FeedText::kContent));
  EXPECT_TRUE(IsTeaser(" \n\u00a0", FeedText::kContent));
}

}  // namespace
}  // namespace unspin
