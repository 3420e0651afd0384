#include "unspin/zones/quotations.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/english.h"

namespace unspin {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> QuotationsOf(std::string_view text) {
  const TokenizedArticle article = Tokenize(text);
  std::vector<std::string> quotations;
  for (const TokenSpan span : FindQuotations(text, article, FindParagraphs(text, article), English().zone_words)) {
    const ByteSpan bytes = article.Bytes(span);
    quotations.emplace_back(text.substr(bytes.begin, bytes.size()));
  }
  return quotations;
}

TEST(QuotationsTest, AnyPairOfMarksOfANewspaperIsRead) {
  for (const auto& [open, close] : std::vector<std::pair<std::string, std::string>>{
           {"\"", "\""}, {"“", "”"},   {"„", "“"},   {"„", "”"},   {"”", "”"},   {"« ", " »"},
           {"»", "«"},   {"‹", "›"},   {"›", "‹"},   {"「", "」"}, {"『", "』"}, {"‘", "’"},
           {"‚", "‘"},   {"``", "''"}, {"''", "''"}, {"'", "'"},   {"“", "\""},  {"\"", "”"},
           {"‘‘", "’’"}, {"`", "'"},   {"＂", "＂"}, {"″", "″"},   {"〈", "〉"}, {"《", "》"}}) {
    EXPECT_THAT(QuotationsOf("He said: " + open + "We are going home." + close + " Then he left."),
                ElementsAre("We are going home"))
        << open << close;
  }
}

TEST(QuotationsTest, FewerThanThreeWordsAreNone) { EXPECT_THAT(QuotationsOf("The \"big deal\" is off."), IsEmpty()); }

TEST(QuotationsTest, ALongMarkedQuotationIsOne) {
  std::string words = "word";
  for (int i = 0; i < 400; ++i) words += " word";
  EXPECT_THAT(QuotationsOf("He said “" + words + "” and left."), ElementsAre(words));
}

TEST(QuotationsTest, AMarkThatIsNotClosedRunsToTheEndOfItsParagraph) {
  EXPECT_THAT(QuotationsOf("He said: \"We are going home.\n\nThe bus left late. \"That is all,\" he said."),
              ElementsAre("We are going home", "That is all"));
  std::string narration = "The bus left.";
  for (int i = 0; i < 100; ++i) narration += " The bus left.";
  EXPECT_THAT(QuotationsOf("He said: \"We are going home. " + narration), ElementsAre("We are going home"));
}

TEST(QuotationsTest, AClosingMarkAloneEndsSpeechFromTheStartOfItsParagraph) {
  EXPECT_THAT(QuotationsOf("The bus left late.\n\nWe are going home,\" he said."), ElementsAre("We are going home"));
  EXPECT_THAT(QuotationsOf("“We are glad,” he said. We are going home.”"),
              ElementsAre("We are glad", "We are going home"));
}

TEST(QuotationsTest, ASpeechThatOpensEachParagraphAndClosesTheLastIsOne) {
  for (const auto& [open, close] :
       std::vector<std::pair<std::string, std::string>>{{"\"", "\""}, {"“", "”"}, {"‘", "’"}, {"'", "'"}, {"«", "»"}}) {
    const std::string text = "He spoke.\n\n" + open + "We came.\n\n" + open + "We saw it.\n\n" + open + "We left," +
                             close + " he said, and the bus left too.";
    EXPECT_THAT(QuotationsOf(text), ElementsAre("We came.\n\n" + open + "We saw it.\n\n" + open + "We left")) << open;
  }
}

TEST(QuotationsTest, NestedMarksBelongToTheOuterQuotation) {
  EXPECT_THAT(QuotationsOf("“He told me ‘go home now’ and left,” she said."),
              ElementsAre("He told me ‘go home now’ and left"));
  EXPECT_THAT(QuotationsOf("‘He told me “go home now” and left,’ she said."),
              ElementsAre("He told me “go home now” and left"));
  EXPECT_THAT(QuotationsOf("“He told me “go home now.”” She left."), ElementsAre("He told me “go home now"));
}

TEST(QuotationsTest, ApostrophesAreNoMarks) {
  for (const std::string text : {"The workers’ unions and the bakers’ guild don’t agree.",
                                 "The workers' unions and the bakers' guild don't agree.",
                                 "Rock 'n' roll of the '90s got 'em all, the dancers' feet.",
                                 "He was goin’ home in the ’90s, the singers’ best."}) {
    EXPECT_THAT(QuotationsOf(text), IsEmpty()) << text;
  }
  EXPECT_THAT(QuotationsOf("‘We want the workers’ rights back,’ he said."),
              ElementsAre("We want the workers’ rights back"));
  EXPECT_THAT(QuotationsOf("'We want the workers' rights back,' he said."),
              ElementsAre("We want the workers' rights back"));
}

TEST(QuotationsTest, SingleMarksDoNotCountBesideDoubleOnes) {
  EXPECT_THAT(QuotationsOf("The ‘state of the town’ address. “We are going home,” he said."),
              ElementsAre("We are going home"));
}

TEST(QuotationsTest, InchesAndMinutesAreNoMarks) {
  EXPECT_THAT(QuotationsOf("He is 6'2\" tall and has a 5\" screen for \"the bad days at work\" at home."),
              ElementsAre("the bad days at work"));
  EXPECT_THAT(QuotationsOf("\"I sold the 5\" screen at last,\" he said."),
              ElementsAre("I sold the 5\" screen at last"));
}

TEST(QuotationsTest, MarksWithoutSpaceAroundThemAlternate) {
  EXPECT_THAT(QuotationsOf("He said:\"We are going home.\"Then he left."), ElementsAre("We are going home"));
}

TEST(QuotationsTest, EndsOfLinesDoNotMatter) {
  for (const std::string end : {"\n", "\r\n", "\r"}) {
    const std::string text = "He said: \"We are" + end + "going home." + end + end + "The bus left." + end;
    EXPECT_THAT(QuotationsOf(text), ElementsAre("We are" + end + "going home"));
  }
}

}  // namespace
}  // namespace unspin
