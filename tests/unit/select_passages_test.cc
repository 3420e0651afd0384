#include "unspin/align/select_passages.h"

#include <gtest/gtest.h>

#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "support/english.h"
#include "support/sample_articles.h"

namespace unspin {
namespace {

class SelectPassagesTest : public ::testing::Test {
 protected:
  std::vector<TokenPassage> Select(const std::string& original, const std::string& suspect) {
    original_.emplace(Analyze(original, lexicon_));
    suspect_.emplace(Analyze(suspect, lexicon_));
    return SelectPassages(*original_, *suspect_, PassageModel::Default());
  }

  LexiconCache lexicon_{EnglishLexicon()};
  std::optional<AnalyzedArticle> original_, suspect_;
};

TEST_F(SelectPassagesTest, SpunArticlesAreCoveredAndForeignOnesAreNot) {
  const std::vector<std::string> stories = testing::SampleStories();
  for (size_t i = 0; i < stories.size(); ++i) {
    const std::string original = testing::ReadSample(stories[i], "original.txt");
    uint32_t covered = 0, last = 0;
    for (const TokenPassage& passage : Select(original, testing::ReadSample(stories[i], "spun.txt"))) {
      EXPECT_GE(passage.suspect.begin, last) << "passages overlap or are out of order";
      last = passage.suspect.end;
      covered += passage.suspect.size();
    }
    EXPECT_GT(covered, suspect_->size() / 2) << stories[i];
    const std::string foreign = testing::ReadSample(stories[(i + 1) % stories.size()], "copy.txt");
    EXPECT_TRUE(Select(original, foreign).empty()) << stories[i];
  }
}

TEST_F(SelectPassagesTest, AnExcerptEndsWhereItsPageGoesOn) {
  const std::string original = testing::ReadSample("rail-strike", "original.txt");
  const std::string page = testing::ReadSample("vent-field", "original.txt");
  const size_t begin = original.find("\n\n", original.size() / 4) + 2, end = original.find("\n\n", original.size() / 2);
  const std::string taken = original.substr(begin, end - begin);
  const size_t at = page.find("\n\n", page.size() / 2) + 2;
  const std::vector<TokenPassage> passages = Select(original, page.substr(0, at) + taken + "\n\n" + page.substr(at));
  ASSERT_EQ(passages.size(), 1u);
  const ByteSpan bytes = suspect_->text.Bytes(passages[0].suspect);
  EXPECT_NEAR(bytes.begin, static_cast<double>(at), 5);
  EXPECT_NEAR(bytes.end, static_cast<double>(at + taken.size()), 5);
}

TEST_F(SelectPassagesTest, ParagraphsThatChangedPlacesAreTwoPassages) {
  const std::string original = testing::ReadSample("rail-strike", "original.txt");
  const std::string page = testing::ReadSample("vent-field", "original.txt");
  const size_t begin = original.find("\n\n", original.size() / 5) + 2;
  const size_t middle = original.find("\n\n", original.size() / 2) + 2;
  const size_t end = original.find("\n\n", original.size() * 4 / 5) + 2, at = page.find("\n\n", page.size() / 2) + 2;
  const std::string first = original.substr(begin, middle - begin), second = original.substr(middle, end - middle);
  const auto passages = Select(original, page.substr(0, at) + second + first + page.substr(at));
  ASSERT_EQ(passages.size(), 2u);
  EXPECT_NEAR(suspect_->text.Bytes(passages[0].suspect).begin, static_cast<double>(at), 5);
  EXPECT_NEAR(original_->text.Bytes(passages[0].original).begin, static_cast<double>(middle), 5);
  EXPECT_NEAR(suspect_->text.Bytes(passages[1].suspect).begin, static_cast<double>(at + second.size()), 5);
  EXPECT_NEAR(original_->text.Bytes(passages[1].original).begin, static_cast<double>(begin), 5);
}

TEST_F(SelectPassagesTest, SignalsAreFiniteForAnything) {
  const std::string story = testing::ReadSample("rail-strike", "original.txt");
  for (const std::string& text : {std::string(), std::string("word"), story, story + "\n\n" + story}) {
    const AnalyzedArticle original = Analyze(story, lexicon_), suspect = Analyze(text, lexicon_);
    const PassageCandidates candidates = ProposePassages(original, suspect, PassageModel::Default().inside);
    for (const auto* list : {&candidates.close, &candidates.wide}) {
      for (const MeasuredPassage& candidate : *list) {
        for (const double value : candidate.signals) EXPECT_TRUE(std::isfinite(value));
      }
    }
  }
}

}  // namespace
}  // namespace unspin
