// The article that came first, or is longest, has the smallest number.
#include "unspin/dedup/preference.h"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

namespace unspin {
namespace {

uint64_t Earliest(std::string_view published) { return PreferenceOf(Prefer::kEarliest, published, 0); }

TEST(PreferenceOfTest, NumbersOfIsoDatesInUtcAreTheirDigits) {
  EXPECT_EQ(Earliest("2026-09-01"), 20260901000000u);
  EXPECT_EQ(Earliest("2026-09-01T10:15:30Z"), 20260901101530u);
  EXPECT_EQ(Earliest("2026-09-01 10:15"), 20260901101500u);
  EXPECT_EQ(Earliest("2026-09-01T10:15:30.999Z"), 20260901101530u);
  EXPECT_EQ(Earliest("2026"), 20260000000000u);
}

TEST(PreferenceOfTest, InstantsAreComparedWhateverTheirZoneAndForm) {
  EXPECT_LT(Earliest("2026-09-03T01:00:00+00:00"), Earliest("2026-09-02T23:30:00-05:00"));
  EXPECT_LT(Earliest("Mon, 31 Aug 2026 09:00:00 +0100"), Earliest("Wed, 02 Sep 2026 06:00:00 +0100"));
  EXPECT_LT(Earliest("9 September 2026"), Earliest("1 October 2026"));
}

TEST(PreferenceOfTest, ArticlesWithoutADateComeLast) {
  for (const char* text : {"", "yesterday", "0000-00-00", "03/04/2026"})
    EXPECT_EQ(Earliest(text), std::numeric_limits<uint64_t>::max()) << text;
}

TEST(PreferenceOfTest, LongerTextsComeFirst) {
  EXPECT_LT(PreferenceOf(Prefer::kMaxLength, "", 11), PreferenceOf(Prefer::kMaxLength, "", 10));
  EXPECT_EQ(PreferenceOf(Prefer::kFirst, "2026-09-01", 11), PreferenceOf(Prefer::kFirst, "", 10));
}

TEST(RankByPreferenceTest, EqualNumbersAreInTheOrderOfTheInput) {
  EXPECT_EQ(RankByPreference(std::vector<uint64_t>{7, 5, 7, 5}, 4), (std::vector<uint32_t>{2, 0, 3, 1}));
}

TEST(RankByPreferenceTest, ArchivedArticlesRankBeforeAllOthers) {
  EXPECT_EQ(RankByPreference(std::vector<uint64_t>{1, 0, 9, 8, 8}, 2), (std::vector<uint32_t>{4, 3, 2, 0, 1}));
}

}  // namespace
}  // namespace unspin
