#include "unspin/zones/spoken_sentences.h"

#include <gtest/gtest.h>

#include <string>

#include "support/zone_checks.h"

namespace unspin {
namespace {

TEST(SpokenSentencesTest, SpeechThatLostItsMarksIsQuotation) {
  const std::string text = Below("We are glad that our road is open, said Mayor Jane Doe. We waited for years.");
  EXPECT_TRUE(IsAll(text, "We are glad that our road is open", Zone::kQuotation));
  EXPECT_TRUE(IsAll(text, "We waited for years", Zone::kQuotation));
  EXPECT_TRUE(IsAll(text, "said Mayor Jane Doe", Zone::kBody));
}

TEST(SpokenSentencesTest, AStoryInTheFirstPersonIsNarration) {
  const std::string essay =
      "I came to the bridge on a cold morning in March and saw that my road was gone.\n\n"
      "We had driven over it for years, my father and I, to sell our apples in the town.\n\n"
      "I asked the engineer how long we would have to wait, and I did not like what I heard.";
  EXPECT_TRUE(IsAll(essay, essay, Zone::kBody));
}

TEST(SpokenSentencesTest, TheThirdPersonBesideAnAttributionIsNarration) {
  const std::string text = Below("The road is open again, said Mayor Jane Doe. The town waited for years.");
  EXPECT_TRUE(IsAll(text, "The road is open again", Zone::kBody));
}

}  // namespace
}  // namespace unspin
