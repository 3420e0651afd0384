#include "unspin/zones/captions.h"

#include <gtest/gtest.h>

#include <string>

#include "support/zone_checks.h"

namespace unspin {
namespace {

TEST(CaptionsTest, ACreditMakesACaption) {
  const std::string caption =
      "Engineers look at the second pier of the bridge in Brandeck on March 3. (Photo by Jane Doe)";
  EXPECT_TRUE(IsAll(Below(caption), caption.substr(0, caption.size() - 1), Zone::kCaption));
  const std::string video = "Divers found cracks in two of the nine piers of the bridge. (April 26) AP";
  EXPECT_TRUE(IsAll(Below(video), video, Zone::kCaption));
}

TEST(CaptionsTest, TheButtonOfAPlayerMakesACaption) {
  const std::string caption = "CLOSE Divers found cracks in two of the nine piers of the bridge.";
  EXPECT_TRUE(IsAll(Below(caption), caption.substr(0, caption.size() - 1), Zone::kCaption));
  const std::string story = "Close friends of the divers saw cracks in two of the nine piers of the bridge.";
  EXPECT_TRUE(IsAll(Below(story), story, Zone::kBody));
}

TEST(CaptionsTest, WhatIsPrintedTwiceInSuccessionIsACaption) {
  const std::string caption = "Jane Doe, center, went after the council. She said that nobody had told the town.";
  EXPECT_TRUE(IsAll(Below(caption + "\n\n" + caption), caption, Zone::kCaption));
  EXPECT_TRUE(IsAll(Below(caption), caption, Zone::kBody));
  const std::string refrain = "The bridge held.";
  EXPECT_TRUE(IsAll(Below(refrain + "\n\n" + refrain), refrain, Zone::kBody));
}

TEST(CaptionsTest, NumberedPicturesAreAGallery) {
  const std::string gallery =
      "Photos: The bridge Divers go down to the first pier. Hide Caption 1 of 24 Photos: The bridge Doe waits on the "
      "shore. Hide Caption 2 of 24 Photos: The bridge Lorries turn round. Hide Caption 3 of 24";
  EXPECT_TRUE(IsAll(Below(gallery), gallery, Zone::kCaption));
}

TEST(CaptionsTest, NumbersThatDoNotCountUpAreNoGallery) {
  const std::string story =
      "Divers say that 2 of 9 piers had cracks, that 7 of 9 were old, and that 4 of 9 looked sound.";
  EXPECT_TRUE(IsAll(Below(story + "\n\nThe gallery has photos of it, and the image is new."), story, Zone::kBody));
}

}  // namespace
}  // namespace unspin
