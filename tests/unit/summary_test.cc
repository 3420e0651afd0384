#include "unspin/verdict/summary.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/english.h"
#include "support/sample_articles.h"
#include "unspin/verdict/judge.h"

namespace unspin {
namespace {

class SummaryTest : public ::testing::Test {
 protected:
  static AnalyzedArticle AnalyzeText(const std::string& text) {
    LexiconCache lexicon(EnglishLexicon());
    return Analyze(text, lexicon);
  }

  // A finding that shares `span` of the suspect's tokens.
  void Add(Verdict verdict, TokenSpan span, double probability = 0.5) {
    Finding& finding = findings_.emplace_back();
    finding.verdict = verdict;
    finding.probability = probability;
    finding.coverage.suspect = 0.25;
    alignments_.emplace_back().passages.emplace_back().tokens.suspect = span;
  }

  std::vector<JudgedPair> Pairs() {
    std::vector<JudgedPair> pairs;
    for (size_t i = 0; i < findings_.size(); ++i) pairs.push_back({&findings_[i], &alignments_[i], &suspect_});
    return pairs;
  }

  const AnalyzedArticle suspect_ = AnalyzeText(testing::ReadSample("rail-strike", "copy.txt"));
  const uint32_t size_ = static_cast<uint32_t>(suspect_.size());
  DerivationModel model_;
  std::vector<Finding> findings_;
  std::vector<PairAlignment> alignments_;
};

TEST_F(SummaryTest, TheStrongestListedFindingSpeaks) {
  Add(Verdict::kSpun, {0, 10}, 0.9);
  Add(Verdict::kCopy, {0, 10}, 0.8);
  const Summary summary = SummarizeListed(suspect_, Pairs());
  EXPECT_EQ(summary.verdict, Verdict::kSpun);
  EXPECT_EQ(summary.probability, 0.9);
  EXPECT_EQ(summary.originals, 2u);
}

TEST_F(SummaryTest, VersionsOfAnArticleAreOneOriginal) {
  Add(Verdict::kSpun, {0, 10});
  Add(Verdict::kSpun, {0, 10});
  Add(Verdict::kCopy, {0, 10});
  findings_[0].original.id = findings_[2].original.id = "a";
  findings_[1].original.id = "b";
  EXPECT_EQ(SummarizeListed(suspect_, Pairs()).originals, 2u);
}

TEST_F(SummaryTest, CoverageIsTheUnionOverDerivations) {
  Add(Verdict::kExcerpt, {0, size_ / 2});
  Add(Verdict::kExcerpt, {size_ / 4, size_});
  EXPECT_EQ(SummarizeListed(suspect_, Pairs()).coverage, 1);
  EXPECT_EQ(SummarizeListed(suspect_, Pairs()).extent, Extent::kWhole);
  findings_[1].verdict = Verdict::kIndependent;
  const Summary half = SummarizeListed(suspect_, Pairs());
  EXPECT_GT(half.coverage, 0.3);
  EXPECT_LT(half.coverage, 0.7);
  EXPECT_EQ(half.originals, 1u);
}

TEST_F(SummaryTest, WithoutADerivationTheClosestListedVerdictCounts) {
  Add(Verdict::kUnrelated, {0, 0});
  Add(Verdict::kIndependent, {0, 0});
  const Summary summary = SummarizeListed(suspect_, Pairs());
  EXPECT_EQ(summary.verdict, Verdict::kIndependent);
  EXPECT_EQ(summary.coverage, 0.25) << "that of the first finding";
  EXPECT_EQ(summary.originals, 0u);
}

TEST_F(SummaryTest, UnlistedFindingsGiveTheClosestVerdictWithItsProbabilityOnly) {
  Add(Verdict::kUnrelated, {0, 0}, 0.2);
  Add(Verdict::kIndependent, {0, 0}, 0.1);
  const Summary summary = SummarizeUnlisted(suspect_, Pairs(), model_, 0.5);
  EXPECT_EQ(summary.verdict, Verdict::kIndependent);
  EXPECT_EQ(summary.probability, 0.2);
  EXPECT_FALSE(summary.coverage || summary.rewrite || summary.extent || summary.manner);
}

TEST_F(SummaryTest, WithoutCandidatesTheProbabilityIsTheLowestOfTheModel) {
  model_.calibrate = {{-9, -3}, {9, 3}};
  const Summary summary = SummarizeUnlisted(suspect_, {}, model_, 0.5);
  EXPECT_EQ(summary.verdict, Verdict::kUnrelated);
  EXPECT_EQ(summary.probability, ProbabilityOf(-3, 0.5));
}

TEST_F(SummaryTest, AFewWordsWithoutCandidatesAreInsufficient) {
  EXPECT_EQ(SummarizeUnlisted(AnalyzeText("Train drivers agreed."), {}, model_, 0.5).verdict, Verdict::kInsufficient);
}

TEST_F(SummaryTest, APairIsSummedUpByItsFinding) {
  Add(Verdict::kEdited, {0, 10}, 0.7);
  EXPECT_EQ(SummarizePair(findings_[0]).verdict, Verdict::kEdited);
  EXPECT_EQ(SummarizePair(findings_[0]).coverage, 0.25);
  EXPECT_EQ(SummarizePair(findings_[0]).originals, 1u);
  findings_[0].verdict = Verdict::kCommonSource;
  EXPECT_EQ(SummarizePair(findings_[0]).originals, 0u);
}

}  // namespace
}  // namespace unspin
