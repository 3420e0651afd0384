#include "unspin/zones/tables.h"

#include <gtest/gtest.h>

#include <string>

#include "support/zone_checks.h"

namespace unspin {
namespace {

TEST(TablesTest, ARowOfNumbersIsATable) {
  EXPECT_TRUE(IsAll(Below("Pier 1 20 40 60 12"), "Pier 1 20 40 60 12", Zone::kTable));
  const std::string sentence = "Of 9 piers 2 had cracks, 5 were sound, and 2 were new.";
  EXPECT_TRUE(IsAll(Below(sentence), sentence, Zone::kBody));
}

TEST(TablesTest, AListHasThreeItemsWithNumbersOrFiveWithout) {
  const std::string numbers = "First pier 20 cracks\n\nSecond pier 9 cracks\n\nThird pier 3 cracks";
  EXPECT_TRUE(IsAll(Below(numbers), numbers, Zone::kTable));
  const std::string words = "Brandeck\n\nThe old harbour\n\nThe valley road\n\nThe second pier";
  EXPECT_TRUE(IsAll(Below(words), words, Zone::kBody));
  const std::string longer = words + "\n\nThe northern gate";
  EXPECT_TRUE(IsAll(Below(longer), longer, Zone::kTable));
}

}  // namespace
}  // namespace unspin
