#include "unspin/verdict/judge.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "support/english.h"
#include "support/sample_articles.h"

namespace unspin {
namespace {

TEST(MannerOfTest, FollowsTheThresholdsOfTheMethod) {
  constexpr double kInPlace = 1.0 / 12;
  EXPECT_EQ(MannerOf(0, 0, 1), Manner::kCopy);
  EXPECT_EQ(MannerOf(0.0499, 0.5, 1), Manner::kCopy);
  EXPECT_EQ(MannerOf(0.05, 0.08, 1), Manner::kEdited);
  EXPECT_EQ(MannerOf(0.05, kInPlace, 1), Manner::kSpun);
  EXPECT_EQ(MannerOf(0.1999, 0, 1), Manner::kEdited);
  EXPECT_EQ(MannerOf(0.20, 0, 1), Manner::kRewritten);
  EXPECT_EQ(MannerOf(0.30, 0.2, 1), Manner::kSpun);
  EXPECT_EQ(MannerOf(0.30, 0.2, 0.1), Manner::kRewritten) << "out of order";
  EXPECT_EQ(MannerOf(1, 1, 1), Manner::kRewritten);
}

TEST(DirectionOfTest, DatesOfAnyFormAreComparedAsFarAsBothArePrecise) {
  EXPECT_EQ(DirectionOf("2024-03-01", "2024-03-02"), Direction::kFromOriginal);
  EXPECT_EQ(DirectionOf("2024-03-02", "2024-03-01"), Direction::kToOriginal);
  EXPECT_EQ(DirectionOf("2024-03-01T09:00:00Z", "2024-03-01T23:00:00Z"), Direction::kFromOriginal);
  EXPECT_EQ(DirectionOf("2024-03-01T09:00:00", "2024-03-01T23:00:00"), Direction::kUnknown)
      << "the same day, zones unknown";
  EXPECT_EQ(DirectionOf("2024-03-01", "2024-03-01T23:00:00Z"), Direction::kUnknown);
  EXPECT_EQ(DirectionOf("9 September 2026", "1 October 2026"), Direction::kFromOriginal);
  EXPECT_EQ(DirectionOf("Wed, 02 Sep 2026 08:00:00 +0100", "2026-09-03T08:00:00Z"), Direction::kFromOriginal);
  EXPECT_EQ(DirectionOf("2023", "2024-03-01"), Direction::kFromOriginal);
  EXPECT_EQ(DirectionOf("2024", "2024-03-01"), Direction::kUnknown);
  EXPECT_EQ(DirectionOf("", "2024-03-01"), Direction::kUnknown);
  EXPECT_EQ(DirectionOf("2024-03-01", ""), Direction::kUnknown);
}

TEST(NamesDerivationTest, HoldsFromExcerptUpwards) {
  for (const Verdict verdict :
       {Verdict::kCopy, Verdict::kEdited, Verdict::kSpun, Verdict::kRewritten, Verdict::kExcerpt}) {
    EXPECT_TRUE(NamesDerivation(verdict)) << Name(verdict);
  }
  for (const Verdict verdict :
       {Verdict::kCommonSource, Verdict::kIndependent, Verdict::kUnrelated, Verdict::kInsufficient}) {
    EXPECT_FALSE(NamesDerivation(verdict)) << Name(verdict);
  }
}

class JudgeTest : public ::testing::Test {
 protected:
  Finding JudgePair(std::string_view original, std::string_view suspect, double prior = 0.5) {
    Finding finding;
    PairView view = ViewPair(Analyze(original, lexicon_), Analyze(suspect, lexicon_), nullptr, lexicon_);
    Judge(view, lexicon_, DerivationModel::Default(), prior, finding);
    return finding;
  }

  LexiconCache lexicon_{EnglishLexicon()};
  const std::string story_ = testing::ReadSample("rail-strike", "original.txt");
};

TEST_F(JudgeTest, AnIdenticalArticleIsACopy) {
  const Finding finding = JudgePair(story_, story_);
  EXPECT_EQ(finding.verdict, Verdict::kCopy);
  EXPECT_EQ(finding.manner, Manner::kCopy);
  EXPECT_EQ(finding.extent, Extent::kWhole);
  EXPECT_EQ(finding.rewrite, 0);
  EXPECT_EQ(finding.distance, 0);
  EXPECT_EQ(finding.order_kept, 1);
  EXPECT_GT(finding.probability, 0.9);
}

TEST_F(JudgeTest, AStoryThatStandsFourTimesIsACopy) {
  const Finding finding = JudgePair(story_, story_ + "\n\n" + story_ + "\n\n" + story_ + "\n\n" + story_);
  EXPECT_EQ(finding.verdict, Verdict::kCopy);
  EXPECT_GT(finding.coverage.suspect, 0.98);
  EXPECT_GT(finding.coverage.original, 0.98);
  EXPECT_EQ(finding.order_kept, 1);
}

TEST_F(JudgeTest, ASpunStoryThatStandsTwiceIsSpun) {
  const std::string spun = testing::ReadSample("rail-strike", "spun.txt");
  ASSERT_EQ(JudgePair(story_, spun).verdict, Verdict::kSpun);
  EXPECT_EQ(JudgePair(story_, spun + "\n\n" + spun).verdict, Verdict::kSpun);
}

TEST_F(JudgeTest, AStoryWithItsHalvesExchangedIsACopy) {
  const size_t half = story_.find("In return, the union");
  ASSERT_NE(half, std::string::npos);
  const Finding finding = JudgePair(story_, story_.substr(half) + "\n\n" + story_.substr(0, half));
  EXPECT_EQ(finding.verdict, Verdict::kCopy);
  EXPECT_LT(finding.order_kept, 0.8);
}

TEST_F(JudgeTest, AForeignStoryIsUnrelated) {
  const Finding finding = JudgePair(story_, testing::ReadSample("vent-field", "original.txt"));
  EXPECT_EQ(finding.verdict, Verdict::kUnrelated);
  EXPECT_LT(finding.probability, 0.5);
}

TEST_F(JudgeTest, TooFewWordsAreInsufficientForTheReasonGiven) {
  const Finding finding = JudgePair(story_, "Train drivers agreed on Friday to end a strike.");
  EXPECT_EQ(finding.verdict, Verdict::kInsufficient);
  ASSERT_FALSE(finding.because.empty());
  EXPECT_EQ(finding.because.front().signal, "counted-words");
  EXPECT_NE(finding.because.front().text.find("40"), std::string::npos) << finding.because.front().text;
}

TEST_F(JudgeTest, ASharedQuotationIsACommonSource) {
  std::string quotation = "\"";
  for (int i = 0; i < 40; ++i) quotation += "word" + std::to_string(i) + ' ';
  quotation += "\" he said in a hall. ";
  std::string original = quotation, suspect = quotation;
  for (int i = 0; i < 45; ++i) {
    original += "plain" + std::to_string(i) + ' ';
    suspect += "other" + std::to_string(i) + ' ';
  }
  const Finding finding = JudgePair(original, suspect);
  EXPECT_EQ(finding.verdict, Verdict::kCommonSource);
  EXPECT_LT(finding.probability, 0.5);
}

TEST_F(JudgeTest, AHigherPriorNeverLowersTheProbabilityNorChangesTheEvidence) {
  const std::string suspect = testing::ReadSample("rail-strike", "independent.txt");
  const double log10_likelihood_ratio = JudgePair(story_, suspect).log10_likelihood_ratio;
  double last = -1;
  for (const double prior : {0.0, 0.001, 0.1, 0.5, 0.9, 0.999, 1.0}) {
    const Finding finding = JudgePair(story_, suspect, prior);
    EXPECT_GE(finding.probability, last) << prior;
    EXPECT_EQ(finding.log10_likelihood_ratio, log10_likelihood_ratio);
    last = finding.probability;
  }
  EXPECT_TRUE(NamesDerivation(JudgePair(story_, suspect, 1.0).verdict));
  EXPECT_FALSE(NamesDerivation(JudgePair(story_, story_, 0.0).verdict));
}

TEST_F(JudgeTest, APartIsAnExcerpt) {
  const std::string foreign = testing::ReadSample("vent-field", "original.txt");
  const std::string suspect = foreign + "\n\n" + story_.substr(0, story_.find("In return, the union"));
  const Finding finding = JudgePair(story_, suspect);
  EXPECT_EQ(finding.verdict, Verdict::kExcerpt);
  EXPECT_EQ(finding.extent, Extent::kPart);
  EXPECT_EQ(finding.manner, Manner::kCopy);
}

}  // namespace
}  // namespace unspin
