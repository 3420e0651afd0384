#include "unspin/verdict/trim_passage.h"
#include "support/english.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace unspin {
namespace {

class TrimPassageTest : public ::testing::Test {
 protected:
  // Both articles whole, as one passage.
  AlignedPassage Trim(const std::string& original_text, const std::string& suspect_text) {
    original_.emplace(Analyze(original_text, lexicon_));
    suspect_.emplace(Analyze(suspect_text, lexicon_));
    AlignedPassage passage;
    passage.tokens.original = {0, static_cast<uint32_t>(original_->size())};
    passage.tokens.suspect = {0, static_cast<uint32_t>(suspect_->size())};
    passage.steps =
        AlignWords(AnalyzedPair(*original_, *suspect_), passage.tokens.original, passage.tokens.suspect, lexicon_);
    TrimPassage(*original_, *suspect_, passage);
    return passage;
  }

  LexiconCache lexicon_{EnglishLexicon()};
  std::optional<AnalyzedArticle> original_, suspect_;
  const std::string taken_ = "Engineers closed the viaduct after divers found seven cracks in a pier.";
};

TEST_F(TrimPassageTest, EqualTextsAreKeptWhole) {
  const AlignedPassage passage = Trim(taken_, taken_);
  EXPECT_EQ(passage.tokens.original, (TokenSpan{0, 12}));
  EXPECT_EQ(passage.steps.size(), 12u);
}

TEST_F(TrimPassageTest, ForeignSentencesAreCutOffBothEnds) {
  const AlignedPassage passage = Trim(taken_, "Share this page. " + taken_ + " Subscribe our weekly newsletter.");
  EXPECT_EQ(passage.tokens.original, (TokenSpan{0, 12}));
  EXPECT_EQ(passage.tokens.suspect, (TokenSpan{3, 15}));
  for (const WordStep& step : passage.steps) EXPECT_EQ(step.change, WordChange::kKept);
}

TEST_F(TrimPassageTest, AShortSentenceOfKeptFunctionWordsIsNoBoilerplate) {
  EXPECT_EQ(Trim(taken_ + " So it was.", taken_ + " So it was.").tokens.suspect, (TokenSpan{0, 15}));
}

TEST_F(TrimPassageTest, EveryStepLiesInsideOfTheTrimmedSpans) {
  const AlignedPassage passage = Trim("Old menus and links. " + taken_ + " Weather tomorrow brings rain.",
                                      "Different banners here. " + taken_ + " Football scores follow below.");
  for (const WordStep& step : passage.steps) {
    if (!step.original.empty()) {
      EXPECT_GE(step.original.begin, passage.tokens.original.begin);
      EXPECT_LE(step.original.end, passage.tokens.original.end);
    }
    if (!step.suspect.empty()) {
      EXPECT_GE(step.suspect.begin, passage.tokens.suspect.begin);
      EXPECT_LE(step.suspect.end, passage.tokens.suspect.end);
    }
  }
}

}  // namespace
}  // namespace unspin
