#include "unspin/align/body_sentences.h"

#include <map>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "support/english.h"
#include "unspin/align/analyzed_article.h"

namespace unspin {
namespace {

AnalyzedArticle AnalyzeText(std::string_view text) {
  LexiconCache lexicon(EnglishLexicon());
  return Analyze(text, lexicon);
}

TEST(BodySentencesTest, CountsTheStemsOfEachSentenceInOrderOfFirstUse) {
  const AnalyzedArticle article = AnalyzeText(
      "The road is closed and the roads stay closed. Snow fell on the road. Nobody knows when the snow will melt.");
  const BodySentences& body = article.body;
  ASSERT_EQ(body.sentences.size(), 3u);
  std::map<uint32_t, uint32_t> sentence_frequency;
  for (size_t sentence = 0; sentence < body.sentences.size(); ++sentence) {
    std::vector<uint32_t> order;
    std::map<uint32_t, float> counts;
    for (uint32_t token = body.sentences[sentence].begin; token < body.sentences[sentence].end; ++token) {
      if (counts[article.stem_ids[token]]++ == 0) order.push_back(article.stem_ids[token]);
    }
    const auto found = body.CountsOf(sentence);
    ASSERT_EQ(found.size(), order.size());
    for (size_t i = 0; i < order.size(); ++i) {
      EXPECT_EQ(found[i].stem, order[i]);
      EXPECT_EQ(found[i].count, counts[order[i]]);
      ++sentence_frequency[order[i]];
    }
  }
  for (uint32_t stem = 0; stem < article.stems.size(); ++stem)
    EXPECT_EQ(body.sentence_frequency[stem], sentence_frequency[stem]) << stem;
}

TEST(BodySentencesTest, JoinsVeryShortSentencesToTheirNeighbours) {
  const BodySentences body = AnalyzeText("Snow fell. The road was closed for days. Nobody came to help. So sad.").body;
  ASSERT_EQ(body.sentences.size(), 2u);
  EXPECT_EQ(body.sentences[0].size(), 8u);
}

TEST(BodySentencesTest, LeavesNoticesOut) {
  const AnalyzedArticle article = AnalyzeText(
      "The road was closed for days by snow.\n\nCopyright 2020. All rights reserved. This material may not be "
      "published, rewritten or redistributed.");
  ASSERT_EQ(article.body.sentences.size(), 1u);
}

TEST(BodySentencesTest, EmptyTextHasNoSentences) {
  const BodySentences body = AnalyzeText("").body;
  EXPECT_TRUE(body.sentences.empty());
  EXPECT_EQ(body.begins, std::vector<uint32_t>{0});
}

}  // namespace
}  // namespace unspin
