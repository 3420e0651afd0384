#include "unspin/zones/quotations.h"

#include <string>
#include <string_view>
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
  for (const TokenSpan span : FindQuotations(text, article)) {
    const ByteSpan bytes = article.Bytes(span);
    quotations.emplace_back(text.substr(bytes.begin, bytes.size()));
  }
  return quotations;
}

TEST(QuotationsTest, MarksAreStraightOrCurly) {
  EXPECT_THAT(QuotationsOf("He said \"we are going home\" and left."), ElementsAre("we are going home"));
  EXPECT_THAT(QuotationsOf("He said “we are going home” and left."), ElementsAre("we are going home"));
}

TEST(QuotationsTest, FewerThanThreeWordsAreNone) { EXPECT_THAT(QuotationsOf("The \"big deal\" is off."), IsEmpty()); }

TEST(QuotationsTest, AnUnbalancedMarkIsNone) {
  std::string words;
  for (int i = 0; i < 200; ++i) words += " word";
  EXPECT_THAT(QuotationsOf("He said \"" + words + "\" and left."), IsEmpty());
  EXPECT_THAT(QuotationsOf("He said \"we are going home."), IsEmpty());
}

TEST(QuotationsTest, AQuotationEndsWithItsParagraph) {
  EXPECT_THAT(QuotationsOf("He said \"we are going\n\nhome today\" and \"that is all\" he said."), IsEmpty());
}

}  // namespace
}  // namespace unspin
