#include "unspin/verdict/family_sentences.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace unspin {
namespace {

PairEvidence MadeEvidence(uint32_t shared, uint32_t own) {
  PairEvidence evidence;
  for (const SignalFamily family : kAllFamilies) {
    evidence.families[family].shared = shared;
    evidence.families[family].own = own;
  }
  evidence.longest_run = 9;
  return evidence;
}

TEST(FamilySentencesTest, EveryFamilyStatesItsCountsForAndAgainstInOtherWords) {
  const PairEvidence evidence = MadeEvidence(14, 29);
  for (const SignalFamily family : kAllFamilies) {
    const std::string in_favour = SentenceFor(family, evidence), against = SentenceAgainst(family, evidence, {});
    EXPECT_NE(in_favour, against);
    EXPECT_EQ(in_favour.rfind("14 of the", 0), 0u) << in_favour;
    EXPECT_NE(against.find("29 of the"), std::string::npos) << against;
    for (const std::string& text : {in_favour, against}) {
      EXPECT_NE(text.find("43"), std::string::npos) << text;
      EXPECT_EQ(text.find('='), std::string::npos) << text;
      EXPECT_EQ(text.find('.'), std::string::npos) << "no decimals: " << text;
    }
  }
}

TEST(FamilySentencesTest, OneAndAllAreSaidAsPeopleSayThem) {
  EXPECT_EQ(SentenceFor(SignalFamily::kQuotations, MadeEvidence(1, 0)),
            "the suspect's only quotation stands in the original, word for word or nearly so");
  EXPECT_EQ(SentenceFor(SignalFamily::kNamesAndNumbers, MadeEvidence(27, 0)),
            "all 27 of the suspect's names and numbers stand in the original");
  EXPECT_EQ(SentenceAgainst(SignalFamily::kNamesAndNumbers, MadeEvidence(4, 1), {}),
            "1 of the suspect's 5 names and numbers is not in the original");
}

TEST(FamilySentencesTest, WhereAllIsItsOwnNoneIsShared) {
  const PairEvidence evidence = MadeEvidence(0, 6);
  EXPECT_EQ(SentenceAgainst(SignalFamily::kQuotations, evidence, {}),
            "none of the suspect's 6 quotations is in the original");
  EXPECT_EQ(
      SentenceAgainst(SignalFamily::kOrder, evidence, {}),
      "the shared matter comes in another order: all 6 uncommon words that each article uses once are out of line");
  EXPECT_EQ(SentenceAgainst(SignalFamily::kQuotations, MadeEvidence(0, 1), {}),
            "the suspect's only quotation is not in the original");
}

TEST(FamilySentencesTest, ExamplesAreQuotedAndMoreOfThemHintedAt) {
  const std::vector<std::string> examples = {"Jutta Wehr", "140"};
  EXPECT_EQ(SentenceAgainst(SignalFamily::kNamesAndNumbers, MadeEvidence(3, 9), examples),
            "9 of the suspect's 12 names and numbers are not in the original: “Jutta Wehr”, “140” …");
  EXPECT_EQ(SentenceAgainst(SignalFamily::kNamesAndNumbers, MadeEvidence(3, 2), examples),
            "2 of the suspect's 5 names and numbers are not in the original: “Jutta Wehr”, “140”");
}

TEST(FamilySentencesTest, NarrationNamesTheLongestRunOrTheShorterOnes) {
  EXPECT_EQ(SentenceFor(SignalFamily::kNarration, MadeEvidence(14, 29)),
            "14 of the suspect's 43 words of narration stand in runs of 5 words or more that the original has, endings "
            "aside; the longest has 9");
  PairEvidence evidence = MadeEvidence(0, 29);
  evidence.runs_of_three.resize(3);
  evidence.content_pairs.resize(1);
  EXPECT_EQ(SentenceFor(SignalFamily::kNarration, evidence),
            "no 5 words of narration in a row are the same, but 3 runs of 3 words and 1 pair of neighbouring content "
            "words are");
  evidence.runs_of_three.resize(1);
  evidence.content_pairs.clear();
  EXPECT_EQ(SentenceFor(SignalFamily::kNarration, evidence),
            "no 5 words of narration in a row are the same, but 1 run of 3 words is");
  EXPECT_EQ(SentenceAgainst(SignalFamily::kNarration, evidence, {}),
            "none of the suspect's 29 words of narration stands in a run of 5 words that the original has");
}

TEST(FamilySentencesTest, ChanceOrderSpeaksForNothing) {
  EXPECT_FALSE(HasShared(SignalFamily::kOrder, MadeEvidence(20, 80)));
  EXPECT_TRUE(HasShared(SignalFamily::kOrder, MadeEvidence(21, 79)));
  EXPECT_TRUE(HasShared(SignalFamily::kOrder, MadeEvidence(5, 0)));
  EXPECT_FALSE(HasShared(SignalFamily::kOrder, MadeEvidence(0, 0)));
}

}  // namespace
}  // namespace unspin
