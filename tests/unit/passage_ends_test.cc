#include "unspin/align/passage_ends.h"
#include "support/english.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace unspin {
namespace {

class PassageEndsTest : public ::testing::Test {
 protected:
  LexiconCache lexicon_{EnglishLexicon()};
};

TEST_F(PassageEndsTest, TheLikeliestRunBridgesAnUnlikelySentence) {
  const AnalyzedArticle article =
      Analyze("Rain fell all day. Snow fell all night. Hail fell at noon. Fog lay on it. Wind blew in too.", lexicon_);
  std::vector<MeasuredSentence> sentences;
  for (const TokenSpan sentence : article.text.sentences) sentences.push_back({sentence, 0, {}});
  ASSERT_EQ(sentences.size(), 5u);
  const std::vector<double> taken = {0.1, 0.9, 0.4, 0.9, 0.1};
  const TokenSpan run = LikeliestRun(article, sentences, taken);
  EXPECT_EQ(run.begin, sentences[1].words.begin);
  EXPECT_EQ(run.end, sentences[3].words.end);
}

TEST_F(PassageEndsTest, NoLikelySentenceMakesAnEmptyRun) {
  const AnalyzedArticle article = Analyze("Rain fell all day. Snow fell all night.", lexicon_);
  std::vector<MeasuredSentence> sentences;
  for (const TokenSpan sentence : article.text.sentences) sentences.push_back({sentence, 0, {}});
  EXPECT_TRUE(LikeliestRun(article, sentences, std::vector<double>(sentences.size(), 0.5)).empty());
}

TEST_F(PassageEndsTest, ACopyIsExtendedToItsLastEqualWord) {
  const std::string copied = "divers found nine cracks in the old piers of the bridge on the second of May";
  const AnalyzedArticle original = Analyze("Last week " + copied + " and left.", lexicon_);
  const AnalyzedArticle suspect = Analyze("We hear that " + copied + " as expected.", lexicon_);
  TokenPassage passage;
  passage.original = {4, 14};
  passage.suspect = {5, 15};
  SharpenEnds(original, suspect, passage);
  EXPECT_EQ(passage.original, (TokenSpan{2, static_cast<uint32_t>(original.size()) - 2}));
  EXPECT_EQ(passage.suspect, (TokenSpan{3, static_cast<uint32_t>(suspect.size()) - 2}));
}

TEST_F(PassageEndsTest, ARewrittenPassageIsLeftAsItIs) {
  const AnalyzedArticle original = Analyze("The council closed the old bridge in May after a storm.", lexicon_);
  const AnalyzedArticle suspect = Analyze("After a storm the ancient bridge was shut by officials in May.", lexicon_);
  TokenPassage passage;
  passage.original = {1, 9};
  passage.suspect = {2, 10};
  SharpenEnds(original, suspect, passage);
  EXPECT_EQ(passage.original, (TokenSpan{1, 9}));
  EXPECT_EQ(passage.suspect, (TokenSpan{2, 10}));
}

}  // namespace
}  // namespace unspin
