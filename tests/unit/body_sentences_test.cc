#include "unspin/align/body_sentences.h"

#include <map>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "unspin/align/analyzed_article.h"

namespace unspin {
namespace {

AnalyzedArticle AnalyzeText(std::string_view text) {
  LexiconCache lexicon(Lexicon::Default());
  return Analyze(text, lexicon);
}

TEST(StoryTest, CountsTheKeysOfEachSentenceInOrderOfFirstUse) {
  const AnalyzedArticle article = AnalyzeText(
      "The road is closed and the roads stay closed. Snow fell on the road. Nobody knows when the snow will melt.");
  const BodySentences& story = article.body;
  ASSERT_EQ(story.sentences.size(), 3u);
  std::map<uint32_t, uint32_t> sentence_frequency;
  for (size_t sentence = 0; sentence < story.sentences.size(); ++sentence) {
    std::vector<uint32_t> order;
    std::map<uint32_t, float> counts;
    for (uint32_t token = story.sentences[sentence].begin; token < story.sentences[sentence].end; ++token) {
      if (counts[article.stem_ids[token]]++ == 0) order.push_back(article.stem_ids[token]);
    }
    const auto found = story.CountsOf(sentence);
    ASSERT_EQ(found.size(), order.size());
    for (size_t i = 0; i < order.size(); ++i) {
      EXPECT_EQ(found[i].stem, order[i]);
      EXPECT_EQ(found[i].count, counts[order[i]]);
      ++sentence_frequency[order[i]];
    }
  }
  for (uint32_t stem = 0; stem < article.stems.size(); ++stem)
    EXPECT_EQ(story.sentence_frequency[stem], sentence_frequency[stem]) << stem;
}

TEST(StoryTest, JoinsVeryShortSentencesToTheirNeighbours) {
  const BodySentences story = AnalyzeText("Snow fell. The road was closed for days. Nobody came to help. So sad.").body;
  ASSERT_EQ(story.sentences.size(), 2u);
  EXPECT_EQ(story.sentences[0].size(), 8u);
}

TEST(StoryTest, LeavesNoticesOut) {
  const AnalyzedArticle article = AnalyzeText(
      "The road was closed for days by snow.\n\nCopyright 2020. All rights reserved. This material may not be "
      "published, rewritten or redistributed.");
  ASSERT_EQ(article.body.sentences.size(), 1u);
}

TEST(StoryTest, OfNothingHasNoSentences) {
  const BodySentences story = AnalyzeText("").body;
  EXPECT_TRUE(story.sentences.empty());
  EXPECT_EQ(story.begins, std::vector<uint32_t>{0});
}

}  // namespace
}  // namespace unspin
