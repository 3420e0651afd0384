#include "unspin/zones/zones.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "support/zone_checks.h"
#include "unspin/text/tokenize.h"

namespace unspin {
namespace {

// The words of one zone, each behind a space.
std::string WordsIn(std::string_view text, Zone zone) {
  const TokenizedArticle article = Tokenize(text);
  const Zones zones = FindZones(text, article);
  std::string words;
  for (size_t token = 0; token < article.tokens.size(); ++token) {
    if (zones.of_token[token] == zone) words += " " + std::string(article.Word(token));
  }
  return words;
}

std::string With(std::string_view before, std::string_view after = {}) {
  return std::string(before) + std::string(kStory) + std::string(after);
}

TEST(ZonesTest, AStoryIsBody) {
  const TokenizedArticle article = Tokenize(kStory);
  const Zones zones = FindZones(kStory, article);
  ASSERT_EQ(zones.spans.size(), 1u);
  EXPECT_EQ(zones.spans[0].zone, Zone::kBody);
  EXPECT_EQ(zones.spans[0].tokens, (TokenSpan{0, static_cast<uint32_t>(article.tokens.size())}));
  for (size_t token = 0; token < article.tokens.size(); ++token) EXPECT_TRUE(zones.Counts(token));
}

TEST(ZonesTest, EmptyTextHasNoZones) {
  const Zones zones = FindZones("", Tokenize(""));
  EXPECT_TRUE(zones.spans.empty());
  EXPECT_TRUE(zones.of_token.empty());
}

TEST(ZonesTest, AParagraphThatBeginsWithANoticeIsOne) {
  EXPECT_EQ(
      WordsIn(With("", "\n\nCopyright 2024 Northwire. Nobody may lend or sell this without asking. Ask us first."),
              Zone::kNotice),
      " copyright 2024 northwire nobody may lend or sell this without asking ask us first");
  EXPECT_EQ(WordsIn(With("", "\n\nCopyright 2024 Northwire.\n\nThe council meets again on Friday."), Zone::kNotice),
            " copyright 2024 northwire");
}

TEST(ZonesTest, DirectSpeechIsQuotationWithStraightAndCurlyMarks) {
  EXPECT_EQ(WordsIn(With("", " \"We are very glad,\" he said."), Zone::kQuotation), " we are very glad");
  EXPECT_EQ(WordsIn(With("", " “We are very glad,” he said."), Zone::kQuotation), " we are very glad");
}

TEST(ZonesTest, TwoWordsInMarksAreNoSpeech) {
  EXPECT_EQ(WordsIn(With("", " The \"iron lady\" came."), Zone::kQuotation), "");
}

TEST(ZonesTest, AQuotationEndsWithItsParagraph) {
  const std::string text = With("", "\n\n\"The mark that opens here is never closed.\n\n") + std::string(kStory);
  EXPECT_EQ(WordsIn(text, Zone::kQuotation), " the mark that opens here is never closed");
}

TEST(ZonesTest, QuotationsDoNotCountThoughNearlyAllIsQuoted) {
  const std::string text = "She said: \"" + std::string(kStory) + "\"";
  EXPECT_EQ(WordsIn(text, Zone::kBody), " she said");
}

TEST(ZonesTest, CopyrightLinesAreNotices) {
  EXPECT_NE(WordsIn(With("", "\n\nCopyright 2024 The Agency. All rights reserved."), Zone::kNotice), "");
  const std::string reworded = "\n\nThis material may not be published, broadcast, rewritten or redistributed.";
  EXPECT_EQ(WordsIn(With("", reworded), Zone::kNotice),
            " this material may not be published broadcast rewritten or redistributed");
  EXPECT_EQ(WordsIn(With("", "\n\n© 2024 The Agency"), Zone::kNotice), " 2024 the agency");
}

TEST(ZonesTest, BylinesAndCreditsAreBylines) {
  EXPECT_EQ(WordsIn(With("Bridge reopens at last\n\nBy Jane Doe\n\n"), Zone::kByline), " by jane doe");
  EXPECT_EQ(WordsIn(With("", "\n\nReporting by Jane Doe; editing by John Roe"), Zone::kByline),
            " reporting by jane doe editing by john roe");
  EXPECT_EQ(WordsIn(With("By Tuesday the water had gone down again. "), Zone::kByline), "");
}

TEST(ZonesTest, CreditsAreSentencesOfTheirOwn) {
  for (const std::string credit :
       {"(Additional reporting by Jane Doe)", "Jane Doe and the Northwire contributed to this report.",
        "Photo: Jane Doe/Northwire", "Source: Northwire", "This article was originally published by Northwire.",
        "(AP Photo/Jane Doe)", "Jane Doe/Reuters", "Image copyright Getty Images"}) {
    std::string words;
    const TokenizedArticle article = Tokenize(credit);
    for (size_t token = 0; token < article.tokens.size(); ++token) words += " " + std::string(article.Word(token));
    EXPECT_EQ(WordsIn(With("", "\n\n" + credit + "\n\nThe end came soon."), Zone::kByline), words) << credit;
  }
  for (const std::string story :
       {"The firm contributed to this fall in prices with a sale.", "Bad weather contributed to this decline.",
        "Photos of the pier were sold.", "The survey was first published in May by the council.",
        "The source: a well under the old customs house."}) {
    EXPECT_EQ(WordsIn(With("", "\n\n" + story), Zone::kByline), "") << story;
  }
}

TEST(ZonesTest, ARepeatedNoticeWordMakesNoNotice) {
  EXPECT_EQ(
      WordsIn(With("", " They spoke of voting rights, of the rights of tenants and of equal rights."), Zone::kNotice),
      "");
  EXPECT_EQ(WordsIn(With("", " The subject was written about at length."), Zone::kNotice), "");
}

TEST(ZonesTest, TheDatelineEndsAtItsDash) {
  EXPECT_EQ(WordsIn(With("BRANDECK (Dispatch) — "), Zone::kDateline), " brandeck dispatch");
  EXPECT_EQ(WordsIn(With("BRANDECK, March 3 - "), Zone::kDateline), " brandeck march 3");
  EXPECT_EQ(WordsIn(With("NATO said so. "), Zone::kDateline), "");
  EXPECT_EQ(WordsIn(With("OK, that was surprising — it held. "), Zone::kDateline), "");
}

TEST(ZonesTest, MenusAreNavigation) {
  EXPECT_EQ(WordsIn(With("Home News Sport Business\n\n"), Zone::kNavigation), " home news sport business");
  EXPECT_EQ(WordsIn(With("", "\n\nShare on Facebook Twitter"), Zone::kNavigation), " share on facebook twitter");
}

TEST(ZonesTest, MenusDoNotHideBylineAndDateline) {
  const std::string menus = "Home News\n\nSport Business\n\nShare on Facebook\n\nRelated stories\n\nPrivacy policy\n\n";
  const std::string text = menus + With("By Jane Doe\n\nBRANDECK (Dispatch) — ");
  EXPECT_EQ(WordsIn(text, Zone::kByline), " by jane doe");
  EXPECT_EQ(WordsIn(text, Zone::kDateline), " brandeck dispatch");
}

TEST(ZonesTest, ARepeatedHeadlineCountsOnce) {
  const std::string text = With("The bridge opens again\n\nThe bridge opens again\n\n");
  EXPECT_EQ(WordsIn(text, Zone::kNavigation), " the bridge opens again");
}

}  // namespace
}  // namespace unspin
