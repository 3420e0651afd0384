#include "unspin/zones/zone_draft.h"

#include <gtest/gtest.h>

#include <string_view>

#include "support/english.h"

namespace unspin {
namespace {

TEST(ZoneDraftTest, TheFirstZoneOfAWordStays) {
  constexpr std::string_view kText = "The bridge is open again.";
  const TokenizedArticle article = Tokenize(kText);
  ZoneDraft draft(kText, article, English());
  draft.Mark({0, 2}, Zone::kQuotation);
  draft.Mark({1, 3}, Zone::kCaption);
  EXPECT_EQ(draft.CountBody({0, 5}), 2u);
  EXPECT_EQ(draft.TakeZones(),
            (std::vector<Zone>{Zone::kQuotation, Zone::kQuotation, Zone::kCaption, Zone::kBody, Zone::kBody}));
}

TEST(ZoneDraftTest, ParagraphsHaveTheirOwnWordsAndCues) {
  constexpr std::string_view kText = "We said it.\n\nThe newsletter comes by post.";
  const TokenizedArticle article = Tokenize(kText);
  const ZoneDraft draft(kText, article, English());
  ASSERT_EQ(draft.paragraphs().size(), 2u);
  EXPECT_TRUE(draft.HasAny(draft.paragraphs()[0], ZoneWord::kFirstPerson));
  EXPECT_FALSE(draft.HasAny(draft.paragraphs()[1], ZoneWord::kFirstPerson));
  EXPECT_FALSE(draft.HasCue(0, ZoneCue::kSubscriptionHint));
  EXPECT_TRUE(draft.HasCue(1, ZoneCue::kSubscriptionHint));
}

TEST(ZoneDraftTest, APhraseCountsOnceHoweverOftenItIsSaid) {
  constexpr std::string_view kText = "Paywall, paywall, paywall, inbox";
  const TokenizedArticle article = Tokenize(kText);
  const ZoneDraft draft(kText, article, English());
  EXPECT_EQ(draft.HitsIn({0, 4}).size(), 4u);
  EXPECT_EQ(draft.CountCues({0, 4}, ZoneCue::kSubscriptionHint), 2u);
  EXPECT_EQ(draft.CountCues({1, 3}, ZoneCue::kSubscriptionHint), 1u);
}

TEST(ZoneDraftTest, TheMarkBehindTheLastWordEndsASentence) {
  constexpr std::string_view kText = "The bridge is open.\nIs it?\nThe bridge";
  const TokenizedArticle article = Tokenize(kText);
  const ZoneDraft draft(kText, article, English());
  EXPECT_TRUE(draft.EndsLikeASentence({0, 4}));
  EXPECT_TRUE(draft.IsFollowedBy({4, 6}, "?"));
  EXPECT_FALSE(draft.EndsLikeASentence({6, 8}));
  EXPECT_EQ(draft.Behind(3), ".\n");
}

}  // namespace
}  // namespace unspin
