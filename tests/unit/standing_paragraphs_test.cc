#include "unspin/zones/standing_paragraphs.h"

#include <gtest/gtest.h>

#include <string>

#include "support/zone_checks.h"

namespace unspin {
namespace {

TEST(StandingParagraphsTest, StandingParagraphsHaveZonesOfTheirOwn) {
  const struct {
    Zone zone;
    const char* paragraph;
  } kParagraphs[] = {
      {Zone::kPollNote,
       "The poll of 1,002 registered voters was taken by landline and cellphone and has a margin of "
       "error of plus or minus 3 percentage points."},
      {Zone::kSubscription, "Sign up for our newsletter to get the best of the town delivered to your inbox."},
      {Zone::kSubscription, "If you value our journalism, please become a member and support our reporters."},
      {Zone::kLegal, "We and our partners use cookies to process personal data. You may withdraw your consent."},
      {Zone::kLegal,
       "This release contains forward-looking statements that involve known and unknown risks. Do not "
       "place undue reliance on them."},
      {Zone::kLegal, "The views expressed in this article are those of the author alone."},
  };
  for (const auto& [zone, paragraph] : kParagraphs) EXPECT_TRUE(IsAll(Below(paragraph), paragraph, zone)) << paragraph;
  const std::string biography = "Jane Doe is a columnist at the Brandeck Courier. Follow her on Twitter.";
  EXPECT_TRUE(IsAll(std::string(kStory) + "\n\n" + biography, biography, Zone::kBiography));
}

TEST(StandingParagraphsTest, OneCommonWordMakesNoStandingParagraph) {
  for (const std::string paragraph :
       {"The mayor said that the newsletter of the council had been sent to every member of the club.",
        "Voters are split, with the two within the margin of error among registered voters in the valley.",
        "A photo of the pier was shown to the council, and the image was printed in the paper that day.",
        "Privacy was what the council feared for when it put cameras on the bridge and kept the data.",
        "More than 400,000 people have signed up for health insurance through the exchange this week.",
        "Jane Doe is a professor who studies bridges, and she found the cracks before the divers did."}) {
    EXPECT_TRUE(IsAll(Below(paragraph), paragraph, Zone::kBody)) << paragraph;
  }
}

}  // namespace
}  // namespace unspin
