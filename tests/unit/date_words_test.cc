#include "unspin/date/date_words.h"

#include <gtest/gtest.h>

namespace unspin {
namespace {

TEST(DateWordsTest, MonthsOfSevenLanguages) {
  for (const auto& [word, month] : {std::pair{"january", 1u},
                                    {"janner", 1u},
                                    {"fevrier", 2u},
                                    {"marz", 3u},
                                    {"avril", 4u},
                                    {"mei", 5u},
                                    {"giugno", 6u},
                                    {"julho", 7u},
                                    {"aout", 8u},
                                    {"septiembre", 9u},
                                    {"okt", 10u},
                                    {"novembre", 11u},
                                    {"dezember", 12u}})
    EXPECT_EQ(MonthNamed(word), month) << word;
  EXPECT_EQ(MonthNamed("monday"), 0u);
  EXPECT_EQ(MonthNamed(""), 0u);
}

TEST(DateWordsTest, AWordOfTwoDaysIsNone) {
  EXPECT_EQ(WeekdayNamed("tuesday"), 2u);
  EXPECT_EQ(WeekdayNamed("mar"), std::nullopt);
}

TEST(DateWordsTest, AZoneOfManyPlacesHasNoOffset) {
  EXPECT_EQ(ZoneNamed("edt").offset_minutes, -240);
  EXPECT_EQ(ZoneNamed("cest").offset_minutes, 120);
  EXPECT_TRUE(ZoneNamed("bst").known);
  EXPECT_EQ(ZoneNamed("bst").offset_minutes, std::nullopt);
  EXPECT_FALSE(ZoneNamed("uhr").known);
}

TEST(DateWordsTest, LabelsSayWhatADateIs) {
  EXPECT_EQ(LabelOf("published"), DateLabel::kPublished);
  EXPECT_EQ(LabelOf("veroffentlicht"), DateLabel::kPublished);
  EXPECT_EQ(LabelOf("aggiornato"), DateLabel::kUpdated);
  EXPECT_EQ(LabelOf("copyright"), DateLabel::kOther);
  EXPECT_EQ(LabelOf("bridge"), DateLabel::kNone);
}

TEST(DayOrderOfTest, EnglishAloneSaysNothing) {
  EXPECT_EQ(DayOrderOf("en-US"), DayOrder::kMonthFirst);
  EXPECT_EQ(DayOrderOf("en_us"), DayOrder::kMonthFirst);
  EXPECT_EQ(DayOrderOf("en-GB"), DayOrder::kDayFirst);
  EXPECT_EQ(DayOrderOf("de"), DayOrder::kDayFirst);
  EXPECT_EQ(DayOrderOf("pt-BR"), DayOrder::kDayFirst);
  for (const char* tag : {"", "en", "en-CA", "fr-CA", "ja"}) EXPECT_EQ(DayOrderOf(tag), DayOrder::kUnknown) << tag;
}

}  // namespace
}  // namespace unspin
