#include "unspin/verdict/pair_alignment.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <string_view>

#include "support/sample_articles.h"
#include "unspin/base/word_hash.h"

namespace unspin {
namespace {

class PairAlignmentTest : public ::testing::Test {
 protected:
  PairAlignment WeighPair(std::string_view original, std::string_view suspect) {
    PassageOptions options;
    options.min_bytes = 40;
    return Weigh(Analyze(original, lexicon_), Analyze(suspect, lexicon_), options, lexicon_);
  }
  static std::string Replaced(std::string text, std::string_view from, std::string_view to) {
    const size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
  }

  LexiconCache lexicon_{Lexicon::Default()};
  const std::string story_ = testing::ReadSample("rail-strike", "original.txt");
};

TEST_F(PairAlignmentTest, NothingAlignedIsRewrittenWhole) {
  const PairAlignment evidence = WeighPair("", "");
  EXPECT_TRUE(evidence.passages.empty());
  EXPECT_EQ(evidence.rewrite, 1);
  EXPECT_EQ(evidence.coverage.suspect, 0);
  EXPECT_EQ(evidence.coverage.original, 0);
  EXPECT_EQ(evidence.counted_words_suspect, 0u);
}

TEST_F(PairAlignmentTest, WordCountsAreTheCountedWordsOfTheSteps) {
  const PairAlignment evidence = WeighPair(story_, story_);
  EXPECT_EQ(evidence.words.kept, evidence.counted_words_suspect);
  EXPECT_EQ(evidence.words.inserted + evidence.words.deleted + evidence.words.replaced + evidence.words.synonym +
                evidence.words.inflected + evidence.words.moved,
            0u);
  EXPECT_GT(evidence.counted_words_suspect, 200u);
  EXPECT_LT(evidence.counted_words_suspect, Analyze(story_, lexicon_).size())
      << "quotations and notices are not counted";
}

TEST_F(PairAlignmentTest, OneReplacedWordIsCounted) {
  const PairAlignment evidence = WeighPair(story_, Replaced(story_, "commuters", "zeppelins"));
  EXPECT_EQ(evidence.words.replaced, 1u);
  EXPECT_GT(evidence.rewrite, 0);
  EXPECT_LT(evidence.rewrite, 0.02);
  EXPECT_EQ(evidence.coverage.suspect, 1);
}

TEST_F(PairAlignmentTest, ARareWordWeighsMoreThanACommonOne) {
  const auto weight = [&](std::string_view word) { return WordWeight(lexicon_.Lookup(word, HashWord(word))); };
  EXPECT_GT(weight("viaduct"), weight("people"));
  EXPECT_GT(weight("people"), weight("the"));
  EXPECT_GT(weight("the"), 0);
  EXPECT_GT(WeighPair(story_, Replaced(story_, "tomatoes", "zeppelins")).rewrite,
            WeighPair(story_, Replaced(story_, "Sunday, and", "Sunday, but")).rewrite);
}

TEST_F(PairAlignmentTest, TheNearerTheWordTheLessItCosts) {
  if (!Lexicon::Default().HasSynonyms()) GTEST_SKIP() << "built without a thesaurus";
  const std::string text =
      story_ + "\n\nThe depot purchased seven locomotives last spring for the northern freight line.";
  const double inflected = WeighPair(text, Replaced(text, "purchased", "purchases")).rewrite;
  const double synonym = WeighPair(text, Replaced(text, "purchased", "bought")).rewrite;
  const double stranger = WeighPair(text, Replaced(text, "purchased", "zeppelins")).rewrite;
  EXPECT_GT(inflected, 0);
  EXPECT_GT(synonym, inflected);
  EXPECT_GT(stranger, synonym);
}

TEST_F(PairAlignmentTest, ChangedWordsInsideAQuotationDoNotCount) {
  const PairAlignment evidence = WeighPair(story_, Replaced(story_, "I brought coffee and I took away the clocks",
                                                            "I carried some tea and removed the watches"));
  EXPECT_EQ(evidence.rewrite, 0);
  EXPECT_EQ(evidence.coverage.suspect, 1);
}

TEST_F(PairAlignmentTest, CoverageHasADirection) {
  const std::string half = story_.substr(0, story_.find("In return, the union"));
  const PairAlignment evidence = WeighPair(story_, half);
  EXPECT_EQ(evidence.coverage.suspect, 1);
  EXPECT_LT(evidence.coverage.original, 0.7);
  EXPECT_GT(evidence.coverage.original, 0.2);
  EXPECT_EQ(WeighPair(half, story_).coverage.original, 1);
}

TEST_F(PairAlignmentTest, TheLongestRunEndsAtAChange) {
  const uint32_t whole = WeighPair(story_, story_).longest_verbatim_run;
  const uint32_t cut = WeighPair(story_, Replaced(story_, "backdated", "zeppelins")).longest_verbatim_run;
  EXPECT_GT(whole, 0u);
  EXPECT_LE(cut, whole);
}

TEST_F(PairAlignmentTest, MovedWordsCostLessThanLostOnes) {
  const std::string text =
      "On Friday night engineers closed the Brandeck viaduct after divers found seven cracks in a pier. " + story_;
  const std::string moved =
      "Engineers closed the Brandeck viaduct after divers found seven cracks in a pier on Friday night. " + story_;
  const std::string lost = "Engineers closed the Brandeck viaduct after divers found seven cracks in a pier. " + story_;
  const PairAlignment evidence = WeighPair(text, moved);
  EXPECT_EQ(evidence.words.moved, 3u);
  EXPECT_LT(evidence.order_kept, 1);
  EXPECT_GT(evidence.rewrite, 0);
  EXPECT_LT(evidence.rewrite, WeighPair(text, lost).rewrite);
}

TEST_F(PairAlignmentTest, AllSharesAreFractions) {
  for (const std::string& story : testing::SampleStories()) {
    for (const char* file : {"copy.txt", "spun.txt", "edited.txt", "rewritten.txt", "excerpt.txt", "independent.txt"}) {
      const PairAlignment evidence =
          WeighPair(testing::ReadSample(story, "original.txt"), testing::ReadSample(story, file));
      for (const double share : {evidence.rewrite, evidence.coverage.suspect, evidence.coverage.original,
                                 evidence.order_kept, evidence.in_place}) {
        EXPECT_GE(share, 0) << story << ' ' << file;
        EXPECT_LE(share, 1) << story << ' ' << file;
      }
      for (const AlignedPassage& passage : evidence.passages) {
        EXPECT_GE(passage.rewrite, 0);
        EXPECT_LE(passage.rewrite, 1);
        EXPECT_GE(passage.weight, 0);
      }
    }
  }
}

}  // namespace
}  // namespace unspin
