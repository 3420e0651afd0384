// Apostrophes that became question marks come back.
#include "unspin/charset/lost_marks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace unspin {
namespace {

using ::testing::IsEmpty;

Article Restored(const std::string& text) {
  Article article;
  article.text = text;
  RestoreLostMarks(article);
  return article;
}

TEST(LostMarksTest, WordsOfEnglishGetTheirApostrophe) {
  const Article article = Restored("He won?t say it?s late. They?re here? Yes.");
  EXPECT_EQ(article.text, "He won't say it's late. They're here? Yes.");
  EXPECT_EQ(article.reading.alerts, (std::vector<ReadingAlert>{{"lost-characters", 3}}));
  EXPECT_FALSE(article.steps.empty());
}

TEST(LostMarksTest, OtherWordsAreNamedOnly) {
  const std::string text = "M?ller, B?rger, Stra?e, f?r, sp?t, w?re, k?nnen";
  EXPECT_EQ(Restored(text).text, text);
  EXPECT_EQ(Restored(text).reading.alerts, (std::vector<ReadingAlert>{{"lost-characters", 7}}));
}

TEST(LostMarksTest, QuestionsAndAddressesStay) {
  for (const std::string text : {"Why? Who? What?", "He won?t say.", "So what?said he, and who?asked she.",
                                 "See x.example/a?s=1, x.example/b?t=2, x.example/c?d=3 and x.example/d?m=4."}) {
    EXPECT_EQ(Restored(text).text, text);
    EXPECT_THAT(Restored(text).reading.alerts, IsEmpty()) << text;
  }
}

}  // namespace
}  // namespace unspin
