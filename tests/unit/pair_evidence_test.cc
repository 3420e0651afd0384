#include "unspin/verdict/pair_evidence.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "support/english.h"
#include "support/sample_articles.h"

namespace unspin {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class PairEvidenceTest : public ::testing::Test {
 protected:
  PairEvidence Find(std::string_view original, std::string_view suspect) {
    original_ = original;
    suspect_ = suspect;
    const AnalyzedArticle left = Analyze(original, lexicon_), right = Analyze(suspect, lexicon_);
    view_.emplace(ViewPair(left, right, nullptr, lexicon_));
    return FindPairEvidence(*view_, right.zones);
  }
  std::vector<std::string> InSuspect(const std::vector<EvidencePlace>& places) const {
    std::vector<std::string> texts;
    for (const EvidencePlace& place : places) texts.push_back(Quote(suspect_, view_->suspect, place.suspect));
    return texts;
  }
  std::vector<std::string> InOriginal(const std::vector<EvidencePlace>& places) const {
    std::vector<std::string> texts;
    for (const EvidencePlace& place : places) texts.push_back(Quote(original_, view_->original, place.original));
    return texts;
  }
  static std::string Quote(const std::string& text, const AnalyzedArticle& article, TokenSpan words) {
    const ByteSpan bytes = article.text.Bytes(words);
    return text.substr(bytes.begin, bytes.size());
  }

  LexiconCache lexicon_{EnglishLexicon()};
  std::optional<PairView> view_;
  std::string original_, suspect_;
};

TEST_F(PairEvidenceTest, RunsOfNarrationAreCountedInWords) {
  const PairEvidence evidence =
      Find("The old harbour wall collapsed into the dock during the night. Nobody was near it then.",
           "Engineers say the old harbour wall collapsed into the dock. Rain had washed the ground away for weeks.");
  const FamilyEvidence& narration = evidence.families[SignalFamily::kNarration];
  EXPECT_EQ(narration.shared, 8u);
  EXPECT_EQ(narration.total(), 18u);
  EXPECT_EQ(evidence.longest_run, 8u);
  EXPECT_THAT(InSuspect(narration.shared_places), ElementsAre("the old harbour wall collapsed into the dock"));
  EXPECT_THAT(InOriginal(narration.shared_places), ElementsAre("The old harbour wall collapsed into the dock"));
}

TEST_F(PairEvidenceTest, ShorterRunsAreFoundWhereNoLongOneIsShared) {
  const PairEvidence evidence = Find("Rain had slowly softened the muddy ground beneath the harbour wall for weeks.",
                                     "For weeks, say engineers, ground softened the wall. Slowly softened the path.");
  EXPECT_EQ(evidence.families[SignalFamily::kNarration].shared, 0u);
  EXPECT_THAT(InSuspect(evidence.runs_of_three), ElementsAre("Slowly softened the"));
  EXPECT_THAT(InOriginal(evidence.runs_of_three), ElementsAre("slowly softened the"));
  EXPECT_THAT(InSuspect(evidence.content_pairs), ElementsAre("Slowly softened"));
}

TEST_F(PairEvidenceTest, NamesAreKnownByTheirLastWordAndNumbersByAll) {
  const PairEvidence evidence =
      Find("In the town Matthias Brill sold 40 boats to Jutta Wehr and paid 300 crowns.",
           "On the quay Mr Brill sold 40 boats to Ilona Prager, and on the quay Mr Brill paid 120 crowns.");
  const FamilyEvidence& facts = evidence.families[SignalFamily::kNamesAndNumbers];
  EXPECT_THAT(InSuspect(facts.shared_places), ElementsAre("Mr Brill", "40"));
  EXPECT_THAT(InOriginal(facts.shared_places), ElementsAre("Brill", "40"));
  EXPECT_THAT(InSuspect(facts.own_places), ElementsAre("Ilona Prager", "120"));
  EXPECT_EQ(facts.shared, 2u);
  EXPECT_EQ(facts.own, 2u);
}

TEST_F(PairEvidenceTest, QuotationsOfTheSuspectCountThoughTheOriginalLacksThem) {
  const std::string shared = "\"We will mend the wall before the autumn storms come,\" the mayor said in the hall. ";
  const PairEvidence evidence = Find(shared + "Work begins in a week, and the harbour stays open to small boats.",
                                     shared +
                                         "\"My shop has been flooded three times this year,\" a baker told us. "
                                         "\"Never,\" said another.");
  const FamilyEvidence& quotations = evidence.families[SignalFamily::kQuotations];
  EXPECT_EQ(quotations.shared, 1u);
  EXPECT_EQ(quotations.own, 1u) << "one word is no quotation to speak of";
  EXPECT_THAT(InSuspect(quotations.own_places), ElementsAre("My shop has been flooded three times this year"));
}

TEST_F(PairEvidenceTest, WordsOutOfLineAreNamedOnBothSides) {
  const PairEvidence evidence =
      Find("Pickers left. Tomatoes rotted. Furnaces cooled. Signals failed. Locomotives rusted.",
           "Locomotives stood. Pickers went. Tomatoes spoiled. Furnaces stopped. Signals broke.");
  const FamilyEvidence& order = evidence.families[SignalFamily::kOrder];
  EXPECT_EQ(order.shared, 4u);
  EXPECT_EQ(order.own, 1u);
  EXPECT_THAT(InSuspect(order.own_places), ElementsAre("Locomotives"));
  EXPECT_THAT(InOriginal(order.own_places), ElementsAre("Locomotives"));
}

TEST_F(PairEvidenceTest, SentencesWithHalfOfTheirContentWordsInOneSentenceCorrespond) {
  const PairEvidence evidence = Find(
      "The harbour wall collapsed during the night after heavy rain. The council closed the northern road at dawn.",
      "After heavy rain the harbour wall fell down. A bakery on the square gave free bread to all its tired helpers.");
  const FamilyEvidence& sentences = evidence.families[SignalFamily::kSentences];
  EXPECT_THAT(InSuspect(sentences.shared_places), ElementsAre("After heavy rain the harbour wall fell down"));
  EXPECT_THAT(InOriginal(sentences.shared_places),
              ElementsAre("The harbour wall collapsed during the night after heavy rain"));
  EXPECT_EQ(sentences.own, 1u);
}

TEST_F(PairEvidenceTest, ACopyHasNothingOfItsOwn) {
  const std::string story = testing::ReadSample("rail-strike", "original.txt");
  const PairEvidence evidence = Find(story, story);
  for (const SignalFamily family : kAllFamilies) {
    EXPECT_GT(evidence.families[family].shared, 0u) << FamilyName(family);
    EXPECT_EQ(evidence.families[family].own, 0u) << FamilyName(family);
    EXPECT_THAT(evidence.families[family].own_places, IsEmpty());
  }
}

TEST_F(PairEvidenceTest, EmptyTextsHaveNoEvidence) {
  for (const auto& [original, suspect] : {std::pair("", ""), std::pair("", "word"), std::pair("word", "")}) {
    const PairEvidence evidence = Find(original, suspect);
    for (const SignalFamily family : kAllFamilies) EXPECT_EQ(evidence.families[family].shared, 0u);
  }
}

}  // namespace
}  // namespace unspin
