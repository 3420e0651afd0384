#include "unspin/verdict/common_source.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace unspin {
namespace {

constexpr size_t kSuspectTokens = 1000;

// The findings about one suspect, strongest first.
class CommonSourceTest : public ::testing::Test {
 protected:
  // An original that shares `spans` of the suspect's tokens.
  void Add(const std::string& id, const std::vector<TokenSpan>& spans, Verdict verdict = Verdict::kCopy) {
    Finding& finding = findings_.emplace_back();
    finding.original.id = id;
    finding.original.sha256 = "sha256 of " + id;
    finding.verdict = verdict;
    finding.because.push_back({"shared-4", 0.5, 1, "a signal"});
    PairAlignment& alignment = alignments_.emplace_back();
    for (const TokenSpan span : spans) alignment.passages.emplace_back().tokens.suspect = span;
  }

  void Mark() {
    std::vector<JudgedPair> pairs;
    for (size_t i = 0; i < findings_.size(); ++i) pairs.push_back({&findings_[i], &alignments_[i]});
    MarkCommonSources(pairs, kSuspectTokens);
  }

  std::vector<Finding> findings_;
  std::vector<PairAlignment> alignments_;
};

TEST_F(CommonSourceTest, APartOfAStrongerOriginalIsExplainedByIt) {
  Add("agency", {{0, 500}});
  Add("paper", {{100, 200}, {300, 350}});
  Mark();
  EXPECT_EQ(findings_[0].verdict, Verdict::kCopy);
  EXPECT_EQ(findings_[1].verdict, Verdict::kCommonSource);
  ASSERT_EQ(findings_[1].because.size(), 2u);
  EXPECT_EQ(findings_[1].because[0].signal, "common-source");
  EXPECT_EQ(findings_[1].because[0].value, 1);
  EXPECT_EQ(findings_[1].because[0].text,
            "what the two share stands in “agency” as well, with more of the suspect around it");
  EXPECT_EQ(findings_[0].because.size(), 1u);
}

TEST_F(CommonSourceTest, WordsThatTheStrongerLacksKeepTheVerdict) {
  Add("agency", {{0, 500}});
  Add("most", {{411, 511}});  // 89 of 100 words
  Add("nearly all", {{410, 510}});
  Mark();
  EXPECT_EQ(findings_[1].verdict, Verdict::kCopy);
  EXPECT_EQ(findings_[2].verdict, Verdict::kCommonSource);
  EXPECT_EQ(findings_[2].because[0].value, 0.9);
}

TEST_F(CommonSourceTest, AStrongerOriginalOfTheSameSizeExplainsNothing) {
  Add("agency", {{0, 119}});
  Add("paper", {{0, 100}});
  Mark();
  EXPECT_EQ(findings_[1].verdict, Verdict::kCopy);
}

TEST_F(CommonSourceTest, AWeakerOriginalExplainsNothing) {
  Add("paper", {{100, 200}});
  Add("agency", {{0, 500}});
  Mark();
  EXPECT_EQ(findings_[0].verdict, Verdict::kCopy);
  EXPECT_EQ(findings_[1].verdict, Verdict::kCopy);
}

TEST_F(CommonSourceTest, VersionsOfOneArticleDoNotExplainEachOther) {
  Add("story", {{0, 500}});
  Add("story", {{100, 200}});
  findings_[1].original.sha256 = "another text";
  Mark();
  EXPECT_EQ(findings_[1].verdict, Verdict::kCopy);
}

TEST_F(CommonSourceTest, EqualTextsDoNotExplainEachOther) {
  Add("story", {{0, 500}});
  Add("copy of story", {{100, 200}});
  findings_[1].original.sha256 = findings_[0].original.sha256;
  Mark();
  EXPECT_EQ(findings_[1].verdict, Verdict::kCopy);
}

TEST_F(CommonSourceTest, OnlyDerivationsExplainAndAreExplained) {
  Add("independent", {{0, 1000}}, Verdict::kIndependent);
  Add("agency", {{0, 500}});
  Add("unrelated", {{100, 200}}, Verdict::kUnrelated);
  Mark();
  EXPECT_EQ(findings_[1].verdict, Verdict::kCopy);
  EXPECT_EQ(findings_[2].verdict, Verdict::kUnrelated);
}

TEST_F(CommonSourceTest, AnExplainedOriginalExplainsNoOther) {
  Add("agency", {{0, 500}});
  Add("explained", {{100, 400}});
  Add("story", {{100, 200}});
  findings_[2].original.sha256 = findings_[0].original.sha256;
  Mark();
  EXPECT_EQ(findings_[1].verdict, Verdict::kCommonSource);
  EXPECT_EQ(findings_[2].verdict, Verdict::kCopy);
}

TEST_F(CommonSourceTest, TheStrongestSourceIsNamed) {
  Add("first", {{0, 500}});
  Add("second", {{500, 1000}});
  Add("third", {{0, 600}});
  Add("paper", {{510, 560}});
  Mark();
  EXPECT_NE(findings_[3].because[0].text.find("“second”"), std::string::npos) << findings_[3].because[0].text;
}

}  // namespace
}  // namespace unspin
