// Readings in a wrong set cost more than the right one.
#include "unspin/charset/letters_of_languages.h"

#include <gtest/gtest.h>

namespace unspin {
namespace {

TEST(LettersOfLanguagesTest, LettersThatNoLanguageHasCostMore) {
  EXPECT_LT(CostOfReading("windows-1252", "München", 1), CostOfReading("macintosh", "M¸nchen", 1));
  EXPECT_LT(CostOfReading("windows-1251", "мост закрыт", 10), CostOfReading("windows-1252", "ìîñò çàêðûò", 10));
}

TEST(LettersOfLanguagesTest, CapitalsInsideWordsCostMore) {
  EXPECT_LT(CostOfReading("windows-1252", "été", 2), CostOfReading("windows-1252", "étÉ", 2));
  EXPECT_EQ(CostOfReading("windows-1252", "ÉTÉ", 2), CostOfReading("windows-1252", "É É", 2));
}

TEST(LettersOfLanguagesTest, MarksInTheirPlaceCostLess) {
  EXPECT_LT(CostOfReading("windows-1252", "“yes” don’t", 3), CostOfReading("windows-1252", "y“es d”on £t§o", 4));
}

TEST(LettersOfLanguagesTest, ASetWithoutLanguagesIsImplausible) {
  EXPECT_EQ(CostOfReading("iso-2022-jp", "é", 1), kImplausibleBits);
}

}  // namespace
}  // namespace unspin
