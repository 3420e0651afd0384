#include "unspin/zones/glued_headlines.h"

#include <gtest/gtest.h>

#include <string>

#include "support/zone_checks.h"

namespace unspin {
namespace {

TEST(GluedHeadlinesTest, HeadlinesGluedIntoASentenceAreNavigation) {
  const std::string text =
      Below("Mayor Jane Doe Jane Mary DoeBridge opens again Divers find cracks MORE said that it holds.");
  EXPECT_TRUE(IsAll(text, "Jane Mary DoeBridge opens again Divers find cracks MORE", Zone::kNavigation));
  EXPECT_TRUE(IsAll(text, "said that it holds", Zone::kBody));
}

TEST(GluedHeadlinesTest, TheWordAloneGluesNothing) {
  const std::string text = Below("Mayor Jane Doe asked for MORE money and said that it holds.");
  EXPECT_TRUE(IsAll(text, "Mayor Jane Doe asked for MORE money", Zone::kBody));
}

}  // namespace
}  // namespace unspin
