#include "unspin/verdict/common_source.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <tuple>
#include <vector>

namespace unspin {
namespace {

constexpr size_t kSuspectTokens = 1000;

// The findings about one suspect, strongest first.
class CommonSourceTest : public ::testing::Test {
 protected:
  // An original that shares `spans` of the suspect's tokens. Unless told otherwise each appeared a day after the one
  // before, and its text is like no other.
  void Add(const std::string& id, const std::vector<TokenSpan>& spans, Verdict verdict = Verdict::kCopy) {
    Finding& finding = findings_.emplace_back();
    finding.original.id = id;
    finding.original.published = "2024-03-0" + std::to_string(findings_.size());
    finding.original.sha256 = "sha256 of " + id;
    finding.verdict = verdict;
    finding.because.push_back({"shared-4", 0.5, 1, "a signal"});
    PairAlignment& alignment = alignments_.emplace_back();
    for (const TokenSpan span : spans) alignment.passages.emplace_back().tokens.suspect = span;
    originals_.push_back(std::make_shared<ArticleWords>());
    SetWords(originals_.size() - 1, 1000 * originals_.size(), 100);
  }
  // `count` words, which no other text has that begins at another number.
  void SetWords(size_t original, uint64_t first, uint64_t count, uint64_t own = 0) {
    std::vector<Token>& tokens = originals_[original]->text.tokens;
    tokens.assign(count + own, Token{});
    originals_[original]->word_ids.assign(count + own, 0);
    for (uint64_t word = 0; word < count + own; ++word)
      tokens[word].word = word < count ? first + word : 1'000'000 * (original + 1) + word;
  }

  void Mark() {
    std::vector<AnalyzedArticle> articles;
    for (const auto& words : originals_) articles.emplace_back(words, Zones{}, BodySentences{});
    std::vector<JudgedPair> pairs;
    for (size_t i = 0; i < findings_.size(); ++i) pairs.push_back({&findings_[i], &alignments_[i], &articles[i]});
    MarkCommonSources(pairs, suspect_published_, kSuspectTokens);
  }

  std::string suspect_published_ = "2024-03-09";

  std::vector<Finding> findings_;
  std::vector<PairAlignment> alignments_;
  std::vector<std::shared_ptr<ArticleWords>> originals_;
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
            "what the two share stands in “agency” as well, which appeared before both and has more of the suspect "
            "around it");
  EXPECT_EQ(findings_[0].because.size(), 1u);
}

TEST_F(CommonSourceTest, WordsThatTheStrongerLacksKeepTheVerdict) {
  Add("agency", {{0, 500}});
  Add("most", {{411, 511}});  // 89 of 100 words
  Add("nearly all", {{410, 510}});
  Add("all but a sentence", {{100, 516}});
  Mark();
  EXPECT_EQ(findings_[1].verdict, Verdict::kCopy);
  EXPECT_EQ(findings_[2].verdict, Verdict::kCommonSource);
  EXPECT_EQ(findings_[2].because[0].value, 0.9);
  EXPECT_EQ(findings_[3].verdict, Verdict::kCopy);
}

TEST_F(CommonSourceTest, OnlyAnArticleThatIsOlderThanBothExplains) {
  Add("agency", {{0, 500}});
  Add("paper", {{100, 200}});
  for (const auto& [agency, paper, suspect, verdict] :
       std::vector<std::tuple<std::string, std::string, std::string, Verdict>>{
           {"2024-03-01", "2024-03-02", "2024-03-02", Verdict::kCommonSource},
           {"2024-03-02", "2024-03-01", "2024-03-05", Verdict::kCopy},
           {"2024-03-03", "2024-03-04", "2024-03-02", Verdict::kCopy},
           {"2024-03-01T08:00:00Z", "2024-03-01T18:00:00Z", "2024-03-05", Verdict::kCommonSource},
           {"2024-03-01T08:00:00", "2024-03-01T18:00:00", "2024-03-05", Verdict::kCopy},
           {"2024-03-01", "2024-03-05", "2024-03-01", Verdict::kCopy},
           {"", "2024-03-02", "2024-03-05", Verdict::kCopy},
           {"2024-03-01", "", "2024-03-05", Verdict::kCopy},
           {"2024-03-01", "2024-03-02", "", Verdict::kCopy},
           {"2023", "2024-03-02", "2024-03-05", Verdict::kCommonSource}}) {
    findings_[0].original.published = agency;
    findings_[1].original.published = paper;
    findings_[1].verdict = Verdict::kCopy;
    suspect_published_ = suspect;
    Mark();
    EXPECT_EQ(findings_[1].verdict, verdict) << agency << ' ' << paper << ' ' << suspect;
  }
}

TEST_F(CommonSourceTest, ACopyOfTheOlderArticleIsNoSecondSource) {
  Add("agency", {{0, 500}});
  Add("licensed and cut", {{100, 200}});
  Add("own story with agency paragraphs", {{100, 200}});
  SetWords(0, 5000, 300);
  SetWords(1, 5000, 100, 50);
  SetWords(2, 5000, 100, 150);
  Mark();
  EXPECT_EQ(findings_[1].verdict, Verdict::kCopy);
  EXPECT_EQ(findings_[2].verdict, Verdict::kCommonSource);
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
