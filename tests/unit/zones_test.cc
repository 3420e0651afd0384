#include "unspin/zones/zones.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "support/english.h"
#include "unspin/text/tokenize.h"

namespace unspin {
namespace {

constexpr std::string_view kStory =
    "Engineers reopened the bridge on Tuesday after eleven weeks of repairs. Traffic moved slowly at first. The "
    "council had "
    "closed it when divers found cracks in two of the nine piers, and lorries had to go round by the northern valley "
    "road.";

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

// Whether all words of `part`, which stands in `text`, are of a zone.
bool IsAll(std::string_view text, std::string_view part, Zone zone) {
  const TokenizedArticle article = Tokenize(text);
  const Zones zones = FindZones(text, article);
  const size_t begin = text.find(part);
  EXPECT_NE(begin, std::string_view::npos) << part;
  bool all = true;
  for (size_t token = 0; token < article.tokens.size(); ++token) {
    const uint32_t at = article.tokens[token].source.begin;
    if (at >= begin && at < begin + part.size()) all = all && zones.of_token[token] == zone;
  }
  return all;
}

// A paragraph below a story, with another story behind.
std::string Below(std::string_view paragraph) {
  return std::string(kStory) + "\n\n" + std::string(paragraph) + "\n\n" + std::string(kStory);
}

TEST(ZonesTest, InterviewsAndTranscriptsAreQuotations) {
  const std::string interview =
      "Q: What did you find under the pier?\n\nA: We found two cracks, each as long as a bus.\n\nThey were old.\n\n"
      "Q: Will it hold?\n\nA: I think that it will hold.";
  EXPECT_TRUE(IsAll(Below(interview), interview.substr(0, interview.size() - 4), Zone::kQuotation));
  const std::string transcript =
      "JANE DOE, HOST: Welcome. What did you find?\n\nJOHN ROE: We found cracks.\n\nDOE: How long are they?\n\n"
      "ROE: As long as a bus.\n\nDOE: Thank you.\n\nROE: My pleasure.";
  EXPECT_TRUE(IsAll(Below(transcript), transcript, Zone::kQuotation));
  const std::string results = "Senate: The council picked Roe.\n\nGovernor: Doe won.\n\nSenate: Moe was unopposed.";
  EXPECT_TRUE(IsAll(Below(results), results, Zone::kBody));
}

TEST(ZonesTest, LinesOfSpeechThatADashOpensAreQuotations) {
  const std::string text = "– We have kept this bridge for years, said Jane Doe.\n\n" + std::string(kStory) +
                           "\n\n– I want my road back, said John Roe.";
  EXPECT_TRUE(IsAll(Below(text), "We have kept this bridge for years", Zone::kQuotation));
  EXPECT_TRUE(IsAll(Below(text), "I want my road back", Zone::kQuotation));
  const std::string list = "– The piers hold.\n\n– The road is open.\n\n– The lorries are gone.";
  EXPECT_FALSE(IsAll(Below(list), "The piers hold", Zone::kQuotation));
}

TEST(ZonesTest, SpeechThatLostItsMarksIsQuotation) {
  const std::string text = Below("We are glad that our road is open, said Mayor Jane Doe. We waited for years.");
  EXPECT_TRUE(IsAll(text, "We are glad that our road is open", Zone::kQuotation));
  EXPECT_TRUE(IsAll(text, "We waited for years", Zone::kQuotation));
  EXPECT_TRUE(IsAll(text, "said Mayor Jane Doe", Zone::kBody));
}

TEST(ZonesTest, AStoryInTheFirstPersonIsNarration) {
  const std::string essay =
      "I came to the bridge on a cold morning in March and saw that my road was gone.\n\n"
      "We had driven over it for years, my father and I, to sell our apples in the town.\n\n"
      "I asked the engineer how long we would have to wait, and I did not like what I heard.";
  EXPECT_TRUE(IsAll(essay, essay, Zone::kBody));
}

TEST(ZonesTest, PrintedDocumentsAreDocuments) {
  const std::string statement = "We regret what happened at our bridge.\n\nOur engineers found the cracks in time.";
  EXPECT_TRUE(IsAll(Below("The council said in a statement:\n\n" + statement), statement, Zone::kDocument));
  const std::string letter =
      "Dear Mayor Doe,\n\nThe bridge was closed for eleven weeks and nobody told the town.\n\nSincerely,\n\nJohn Roe";
  EXPECT_TRUE(IsAll(Below(letter), letter, Zone::kDocument));
  const std::string tweet = "The bridge is open again! https://t.co/abc — Jane Doe (@janedoe) March 4, 2017";
  EXPECT_TRUE(IsAll(Below(tweet), tweet.substr(0, tweet.size() - 1), Zone::kDocument));
  const std::string law = "Section 3. Every bridge shall be inspected once a year.";
  EXPECT_TRUE(IsAll(Below(law), law, Zone::kDocument));
}

TEST(ZonesTest, StandingParagraphsHaveZonesOfTheirOwn) {
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
      {Zone::kCaption, "Engineers look at the second pier of the bridge in Brandeck on March 3. (Photo by Jane Doe)"},
      {Zone::kTable, "Pier 1 20 40 60 12"},
  };
  for (const auto& [zone, paragraph] : kParagraphs) EXPECT_TRUE(IsAll(Below(paragraph), paragraph, zone)) << paragraph;
  const std::string biography = "Jane Doe is a columnist at the Brandeck Courier. Follow her on Twitter.";
  EXPECT_TRUE(IsAll(With("", "\n\n" + biography), biography, Zone::kBiography));
}

TEST(ZonesTest, OneCommonWordMakesNoStandingParagraph) {
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

TEST(ZonesTest, HeadlinesGluedIntoASentenceAreNavigation) {
  const std::string text =
      Below("Mayor Jane Doe Jane Mary DoeBridge opens again Divers find cracks MORE said that it holds.");
  EXPECT_TRUE(IsAll(text, "Jane Mary DoeBridge opens again Divers find cracks MORE", Zone::kNavigation));
  EXPECT_TRUE(IsAll(text, "said that it holds", Zone::kBody));
}

}  // namespace
}  // namespace unspin
