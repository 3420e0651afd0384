#include "unspin/verdict/reasons.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <string>
#include <string_view>

#include "support/english.h"
#include "support/sample_articles.h"

namespace unspin {
namespace {

// Every family has one rising curve, so that what is shared speaks for derivation and what is not against it.
DerivationModel RisingModel() {
  return *DerivationModel::Parse(
      "name\trising\nhypothesis\tone\nbias\t0\n"
      "signal\tshared-4\t0\t-1\t0.2\t1\n"
      "signal\trare-plain\t0\t-1\t1\t1\n"
      "signal\tnames\t0\t-1\t1\t1\n"
      "signal\tquotations\t0\t-1\t0.5\t-0.2\t1\t1\n"
      "signal\tplain-order\t0\t-1\t0.5\t1\n"
      "signal\tsentence-mean\t0\t-1\t1\t1\n");
}

class ReasonsTest : public ::testing::Test {
 protected:
  Finding Explain(std::string_view original, std::string_view suspect, bool details = true,
                  const DerivationModel& model = RisingModel()) {
    const AnalyzedArticle left = Analyze(original, lexicon_), right = Analyze(suspect, lexicon_);
    const PairView view = ViewPair(left, right, nullptr, lexicon_);
    const Signals signals = MeasureSignals(view, lexicon_.lexicon());
    Finding finding;
    finding.log10_likelihood_ratio = model.Log10LikelihoodRatio(signals);
    AddReasons({view, right.zones, details ? suspect : ""}, signals, model, finding);
    return finding;
  }
  static const Reason* ReasonOf(const Finding& finding, SignalFamily family) {
    for (const Reason& reason : finding.because) {
      if (reason.signal == FamilyName(family)) return &reason;
    }
    return nullptr;
  }

  LexiconCache lexicon_{EnglishLexicon()};
};

// An article and two suspects: one that takes all from it, one on another matter that takes nothing.
constexpr char kOriginal[] =
    "The old harbour wall of Orrevik collapsed into the dock on Friday after nine days of heavy rain. Engineers had "
    "warned the council about deep cracks in the masonry since the spring. \"We will mend the wall before the autumn "
    "storms come,\" mayor Ilona Prager said. Divers searched the muddy basin for hours but found nobody beneath the "
    "rubble. Insurers estimate the damage at 4 million crowns, a sum that the fishing town can hardly raise.";
constexpr char kOther[] =
    "Bakers along the northern shore reported a splendid summer, with queues reaching past the chapel from daybreak. "
    "Tourists devoured pastries by the tray, said Matthias Brill, whose ovens never cooled. \"My daughters knead dough "
    "while I am asleep, and I bake while they are,\" he explained. Flour became scarce in August, so Jutta Wehr drove "
    "to the mill at Sorrel with 12 empty sacks. Anglers swapped trout for rolls.";

TEST_F(ReasonsTest, ACopyIsExplainedByWhatItShares) {
  const Finding finding = Explain(kOriginal, kOriginal);
  for (const SignalFamily family : {SignalFamily::kNarration, SignalFamily::kVocabulary, SignalFamily::kNamesAndNumbers,
                                    SignalFamily::kOrder, SignalFamily::kSentences}) {
    const Reason* reason = ReasonOf(finding, family);
    ASSERT_NE(reason, nullptr) << FamilyName(family);
    EXPECT_GT(reason->weight, 0) << reason->text;
    EXPECT_EQ(reason->value, 1) << reason->text;
    EXPECT_FALSE(reason->spans.suspect.empty()) << reason->text;
    EXPECT_FALSE(reason->spans.original.empty()) << reason->text;
  }
}

TEST_F(ReasonsTest, ASharedQuotationIsToldFromNarration) {
  const std::string_view original = kOriginal;
  const size_t begin = original.find('"'), end = original.find("Divers");
  const Finding finding =
      Explain(kOriginal, std::string(kOther) + "\n\n" + std::string(original.substr(begin, end - begin)));
  const Reason* reason = ReasonOf(finding, SignalFamily::kQuotations);
  ASSERT_NE(reason, nullptr);
  EXPECT_GT(reason->weight, 0);
  EXPECT_EQ(reason->text.rfind("1 of the suspect's ", 0), 0u) << reason->text;
  reason = ReasonOf(finding, SignalFamily::kNarration);
  ASSERT_NE(reason, nullptr);
  EXPECT_LT(reason->weight, 0) << reason->text;
}

TEST_F(ReasonsTest, AnArticleOfItsOwnIsExplainedByWhatItHas) {
  const Finding finding = Explain(kOriginal, kOther);
  for (const SignalFamily family : {SignalFamily::kNarration, SignalFamily::kVocabulary, SignalFamily::kNamesAndNumbers,
                                    SignalFamily::kQuotations, SignalFamily::kSentences}) {
    const Reason* reason = ReasonOf(finding, family);
    ASSERT_NE(reason, nullptr) << FamilyName(family);
    EXPECT_LT(reason->weight, 0) << reason->text;
    EXPECT_FALSE(reason->spans.suspect.empty()) << reason->text;
    EXPECT_TRUE(reason->spans.original.empty()) << reason->text;
  }
  EXPECT_EQ(ReasonOf(finding, SignalFamily::kOrder), nullptr) << "nothing common could be in another order";
  EXPECT_NE(ReasonOf(finding, SignalFamily::kNamesAndNumbers)->text.find("“Matthias Brill”"), std::string::npos)
      << ReasonOf(finding, SignalFamily::kNamesAndNumbers)->text;
}

TEST_F(ReasonsTest, AnotherOrderSpeaksAgainst) {
  std::string turned;
  std::string story = testing::ReadSample("rail-strike", "original.txt");
  for (size_t at = story.size(); at != 0 && at != std::string::npos; story.resize(at)) {
    at = story.rfind("\n\n");
    turned += story.substr(at == std::string::npos ? 0 : at + 2) + "\n\n";
    if (at == std::string::npos) break;
  }
  const Finding finding = Explain(testing::ReadSample("rail-strike", "original.txt"), turned);
  const Reason* reason = ReasonOf(finding, SignalFamily::kOrder);
  ASSERT_NE(reason, nullptr);
  EXPECT_LT(reason->weight, 0);
  EXPECT_EQ(reason->text.rfind("the shared matter comes in another order: ", 0), 0u) << reason->text;
  EXPECT_EQ(reason->spans.suspect.size(), reason->spans.original.size());
}

TEST_F(ReasonsTest, OfAnyPairTheyAreFewOrderedAndAddUp) {
  const DerivationModel& model = DerivationModel::Default();
  for (const std::string& story : testing::SampleStories()) {
    const std::string original = testing::ReadSample(story, "original.txt");
    for (const char* file : {"copy.txt", "spun.txt", "rewritten.txt", "excerpt.txt", "independent.txt"}) {
      const std::string suspect = testing::ReadSample(story, file);
      const Finding finding = Explain(original, suspect, true, model);
      EXPECT_LE(finding.because.size(), kAllFamilies.size());
      double sum = 0, last = HUGE_VAL;
      for (const Reason& reason : finding.because) {
        EXPECT_LE(std::abs(reason.weight), last);
        last = std::abs(reason.weight);
        sum += reason.weight;
        EXPECT_LE(reason.spans.suspect.size(), kMaxReasonSpans);
        EXPECT_LE(reason.spans.original.size(), kMaxReasonSpans);
        EXPECT_FALSE(reason.spans.suspect.empty() && reason.spans.original.empty()) << reason.text;
        for (const ByteSpan& span : reason.spans.suspect) EXPECT_TRUE(!span.empty() && span.end <= suspect.size());
        for (const ByteSpan& span : reason.spans.original) EXPECT_TRUE(!span.empty() && span.end <= original.size());
      }
      EXPECT_NEAR(sum, finding.log10_likelihood_ratio, 0.02) << story << ' ' << file;
    }
  }
}

TEST_F(ReasonsTest, WithoutDetailsOnlyPlacesAndExamplesAreLeftOut) {
  for (const char* suspect : {kOriginal, kOther}) {
    const Finding full = Explain(kOriginal, suspect), brief = Explain(kOriginal, suspect, false);
    ASSERT_EQ(full.because.size(), brief.because.size());
    for (size_t i = 0; i < full.because.size(); ++i) {
      EXPECT_EQ(full.because[i].weight, brief.because[i].weight);
      EXPECT_EQ(full.because[i].text.rfind(brief.because[i].text, 0), 0u) << brief.because[i].text;
      EXPECT_TRUE(brief.because[i].spans.suspect.empty() && brief.because[i].spans.original.empty());
    }
  }
}

TEST_F(ReasonsTest, TooFewWordsAreCounted) {
  const Reason reason = CountedWordsReason(7, 40);
  EXPECT_EQ(reason.signal, "counted-words");
  EXPECT_EQ(reason.value, 7);
  EXPECT_EQ(reason.text, "only 7 words count on the shorter side; 40 are needed to say anything");
}

TEST_F(ReasonsTest, ObservationsAboutTheTextsHaveNoWeight) {
  EXPECT_EQ(LanguageReason(0.1, "English").weight, 0);
  EXPECT_EQ(CountedWordsReason(1, 40).weight, 0);
  EXPECT_EQ(CommonSourceReason(0.9, "id").weight, 0);
}

TEST_F(ReasonsTest, AFormSaysHowMuchOfItDiffers) {
  const Reason reason = FormReason({.fillings = 16, .differing = 12, .sentences = 11, .differing_sentences = 9});
  EXPECT_EQ(reason.signal, "form");
  EXPECT_EQ(reason.value, 0.75);
  EXPECT_EQ(reason.weight, 0);
  EXPECT_EQ(
      reason.text,
      "the two fill in one form: 12 of 16 names, numbers and the like differ, in 9 of 11 sentences that have any");
}

}  // namespace
}  // namespace unspin
