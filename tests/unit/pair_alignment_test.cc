#include "unspin/verdict/pair_alignment.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <string_view>

#include "support/english.h"
#include "support/sample_articles.h"
#include "unspin/base/word_hash.h"
#include "unspin/verdict/passage_rewrite.h"

namespace unspin {
namespace {

class PairAlignmentTest : public ::testing::Test {
 protected:
  PairAlignment Align(std::string_view original, std::string_view suspect) {
    PassageOptions options;
    options.min_bytes = 40;
    const AnalyzedArticle left = Analyze(original, lexicon_), right = Analyze(suspect, lexicon_);
    return AlignPair(AnalyzedPair(left, right), options, lexicon_);
  }
  static std::string Replaced(std::string text, std::string_view from, std::string_view to) {
    const size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
  }

  LexiconCache lexicon_{EnglishLexicon()};
  const std::string story_ = testing::ReadSample("rail-strike", "original.txt");
};

TEST_F(PairAlignmentTest, NothingAlignedIsRewrittenWhole) {
  const PairAlignment alignment = Align("", "");
  EXPECT_TRUE(alignment.passages.empty());
  EXPECT_EQ(alignment.rewrite, 1);
  EXPECT_EQ(alignment.coverage.suspect, 0);
  EXPECT_EQ(alignment.coverage.original, 0);
  EXPECT_EQ(alignment.counted_words_suspect, 0u);
}

TEST_F(PairAlignmentTest, WordCountsAreTheCountedWordsOfTheSteps) {
  const PairAlignment alignment = Align(story_, story_);
  EXPECT_EQ(alignment.words.kept, alignment.counted_words_suspect);
  EXPECT_EQ(alignment.words.inserted + alignment.words.deleted + alignment.words.replaced + alignment.words.synonym +
                alignment.words.inflected + alignment.words.moved,
            0u);
  EXPECT_GT(alignment.counted_words_suspect, 200u);
  EXPECT_LT(alignment.counted_words_suspect, Analyze(story_, lexicon_).size())
      << "quotations and notices are not counted";
}

TEST_F(PairAlignmentTest, OneReplacedWordIsCounted) {
  const PairAlignment alignment = Align(story_, Replaced(story_, "commuters", "zeppelins"));
  EXPECT_EQ(alignment.words.replaced, 1u);
  EXPECT_GT(alignment.rewrite, 0);
  EXPECT_LT(alignment.rewrite, 0.02);
  EXPECT_EQ(alignment.coverage.suspect, 1);
}

TEST_F(PairAlignmentTest, ARareWordWeighsMoreThanACommonOne) {
  const auto weight = [&](std::string_view word) { return WordWeight(lexicon_.Lookup(word, HashWord(word))); };
  EXPECT_GT(weight("viaduct"), weight("people"));
  EXPECT_GT(weight("people"), weight("the"));
  EXPECT_GT(weight("the"), 0);
  EXPECT_GT(Align(story_, Replaced(story_, "tomatoes", "zeppelins")).rewrite,
            Align(story_, Replaced(story_, "Sunday, and", "Sunday, but")).rewrite);
}

TEST_F(PairAlignmentTest, TheNearerTheWordTheLessItCosts) {
  if (!EnglishLexicon().HasSynonyms()) GTEST_SKIP() << "built without a thesaurus";
  const std::string text =
      story_ + "\n\nThe depot purchased seven locomotives last spring for the northern freight line.";
  const double inflected = Align(text, Replaced(text, "purchased", "purchases")).rewrite;
  const double synonym = Align(text, Replaced(text, "purchased", "bought")).rewrite;
  const double stranger = Align(text, Replaced(text, "purchased", "zeppelins")).rewrite;
  EXPECT_GT(inflected, 0);
  EXPECT_GT(synonym, inflected);
  EXPECT_GT(stranger, synonym);
}

TEST_F(PairAlignmentTest, ChangedWordsInsideAQuotationDoNotCount) {
  const PairAlignment alignment = Align(story_, Replaced(story_, "I brought coffee and I took away the clocks",
                                                         "I carried some tea and removed the watches"));
  EXPECT_EQ(alignment.rewrite, 0);
  EXPECT_EQ(alignment.coverage.suspect, 1);
}

TEST_F(PairAlignmentTest, CoverageHasADirection) {
  const std::string half = story_.substr(0, story_.find("In return, the union"));
  const PairAlignment alignment = Align(story_, half);
  EXPECT_EQ(alignment.coverage.suspect, 1);
  EXPECT_LT(alignment.coverage.original, 0.7);
  EXPECT_GT(alignment.coverage.original, 0.2);
  EXPECT_EQ(Align(half, story_).coverage.original, 1);
}

TEST_F(PairAlignmentTest, TheLongestRunEndsAtAChange) {
  const uint32_t whole = Align(story_, story_).longest_verbatim_run;
  const uint32_t cut = Align(story_, Replaced(story_, "backdated", "zeppelins")).longest_verbatim_run;
  EXPECT_GT(whole, 0u);
  EXPECT_LE(cut, whole);
}

TEST_F(PairAlignmentTest, MovedWordsCostLessThanLostOnes) {
  const std::string text =
      "On Friday night engineers closed the Brandeck viaduct after divers found seven cracks in a pier. " + story_;
  const std::string moved =
      "Engineers closed the Brandeck viaduct after divers found seven cracks in a pier on Friday night. " + story_;
  const std::string lost = "Engineers closed the Brandeck viaduct after divers found seven cracks in a pier. " + story_;
  const PairAlignment alignment = Align(text, moved);
  EXPECT_EQ(alignment.words.moved, 3u);
  EXPECT_LT(alignment.order_kept, 1);
  EXPECT_GT(alignment.rewrite, 0);
  EXPECT_LT(alignment.rewrite, Align(text, lost).rewrite);
}

TEST_F(PairAlignmentTest, AMovedSentenceIsAPassageOfItsOwn) {
  const std::string sentence =
      "On Friday night engineers closed the Brandeck viaduct after divers found seven cracks. ";
  const PairAlignment alignment = Align(sentence + story_, story_ + "\n\n" + sentence);
  ASSERT_EQ(alignment.passages.size(), 2u);
  EXPECT_EQ(alignment.passages[1].tokens.original.begin, 0u);
  EXPECT_EQ(alignment.rewrite, 0);
  EXPECT_LT(alignment.order_kept, 1);
  EXPECT_GT(alignment.order_kept, 0.9);
}

TEST_F(PairAlignmentTest, AllSharesAreFractions) {
  for (const std::string& story : testing::SampleStories()) {
    for (const char* file : {"copy.txt", "spun.txt", "edited.txt", "rewritten.txt", "excerpt.txt", "independent.txt"}) {
      const PairAlignment alignment =
          Align(testing::ReadSample(story, "original.txt"), testing::ReadSample(story, file));
      for (const double share : {alignment.rewrite, alignment.coverage.suspect, alignment.coverage.original,
                                 alignment.order_kept, alignment.in_place}) {
        EXPECT_GE(share, 0) << story << ' ' << file;
        EXPECT_LE(share, 1) << story << ' ' << file;
      }
      for (const AlignedPassage& passage : alignment.passages) {
        EXPECT_GE(passage.rewrite, 0);
        EXPECT_LE(passage.rewrite, 1);
        EXPECT_GE(passage.weight, 0);
      }
    }
  }
}

}  // namespace
}  // namespace unspin
