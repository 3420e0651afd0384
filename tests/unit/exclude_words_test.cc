#include "unspin/align/exclude_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/english.h"

namespace unspin {
namespace {

using ::testing::ElementsAre;

constexpr std::string_view kText =
    "The old bridge was closed on Friday. \"We will mend it,\" said the mayor of the town.\n\nNobody was hurt.";

class ExcludeWordsTest : public ::testing::Test {
 protected:
  AnalyzedArticle Without(std::vector<ByteSpan> spans, std::string_view text = kText) {
    return AnalyzeWithout(text, spans, lexicon_);
  }
  static ByteSpan SpanOf(std::string_view words, std::string_view text = kText) {
    const auto begin = static_cast<uint32_t>(text.find(words));
    return {begin, begin + static_cast<uint32_t>(words.size())};
  }
  // The excluded words, as the text has them.
  static std::vector<std::string> Excluded(const AnalyzedArticle& article, std::string_view text = kText) {
    std::vector<std::string> words;
    for (size_t token = 0; token < article.size(); ++token) {
      const ByteSpan source = article.text.tokens[token].source;
      if (article.zones.of_token[token] == Zone::kExcluded)
        words.emplace_back(text.substr(source.begin, source.size()));
    }
    return words;
  }

  LexiconCache lexicon_{EnglishLexicon()};
};

TEST_F(ExcludeWordsTest, WithoutSpansItIsTheArticleItself) {
  const AnalyzedArticle article = Without({}), same = Analyze(kText, lexicon_);
  EXPECT_EQ(article.text, same.text);
  EXPECT_EQ(article.zones.of_token, same.zones.of_token);
  EXPECT_EQ(article.with_excluded, nullptr);
  EXPECT_EQ(&article.whole(), &article);
}

TEST_F(ExcludeWordsTest, ASpanExcludesItsWords) {
  EXPECT_THAT(Excluded(Without({SpanOf("bridge was closed")})), ElementsAre("bridge", "was", "closed"));
}

TEST_F(ExcludeWordsTest, AWordThatASpanCutsIsExcluded) {
  EXPECT_THAT(Excluded(Without({SpanOf("dge was clo")})), ElementsAre("bridge", "was", "closed"));
}

TEST_F(ExcludeWordsTest, ASpanMayCutACharacter) {
  const std::string_view text = "Der Bürgermeister schlief.";
  const auto inside = static_cast<uint32_t>(text.find("\xc3\xbc")) + 1;  // the second byte of ü
  EXPECT_THAT(Excluded(Without({{inside, inside + 1}}, text), text), ElementsAre("Bürgermeister"));
}

TEST_F(ExcludeWordsTest, ASpanBetweenWordsExcludesNothing) {
  const uint32_t space = SpanOf(" bridge").begin;
  EXPECT_THAT(Excluded(Without({{space, space + 1}, {8, 8}, {20, 3}})), ElementsAre());
}

TEST_F(ExcludeWordsTest, ASpanMayEndBehindTheText) {
  EXPECT_THAT(Excluded(Without({{SpanOf("hurt").begin, 4'000'000'000}, {3'000'000'000, 4'000'000'000}})),
              ElementsAre("hurt"));
}

TEST_F(ExcludeWordsTest, TheOrderOfSpansDoesNotMatter) {
  const AnalyzedArticle a = Without({SpanOf("old bridge"), SpanOf("bridge was"), SpanOf("hurt")}),
                        b = Without({SpanOf("hurt"), SpanOf("bridge was"), SpanOf("old bridge")});
  EXPECT_EQ(a.text, b.text);
  EXPECT_EQ(a.zones.of_token, b.zones.of_token);
}

TEST_F(ExcludeWordsTest, OtherWordsKeepTheirZones) {
  const AnalyzedArticle whole = Analyze(kText, lexicon_), without = Without({SpanOf("\"We will")});
  ASSERT_EQ(without.size(), whole.size());
  for (size_t token = 0; token < whole.size(); ++token) {
    if (without.zones.of_token[token] == Zone::kExcluded) continue;
    EXPECT_EQ(without.zones.of_token[token], whole.zones.of_token[token]) << whole.text.Word(token);
  }
}

TEST_F(ExcludeWordsTest, ExcludedWordsAreInNoOtherArticle) {
  const AnalyzedArticle without = Without({SpanOf("bridge")}), whole = Analyze(kText, lexicon_);
  const std::vector<uint32_t> matched = MatchStems(without, whole);
  for (size_t token = 0; token < without.size(); ++token) {
    EXPECT_EQ(matched[without.stem_ids[token]] == kNoStem, without.zones.of_token[token] == Zone::kExcluded);
  }
}

TEST_F(ExcludeWordsTest, NoSentenceHasExcludedWordsAmongOthers) {
  const AnalyzedArticle without = Without({SpanOf("bridge was"), SpanOf("town.\n\nNobody")});
  uint32_t covered = 0;
  for (const TokenSpan sentence : without.text.sentences) {
    EXPECT_EQ(sentence.begin, covered);
    EXPECT_FALSE(sentence.empty());
    for (uint32_t token = sentence.begin; token < sentence.end; ++token)
      EXPECT_EQ(without.zones.of_token[token] == Zone::kExcluded,
                without.zones.of_token[sentence.begin] == Zone::kExcluded);
    covered = sentence.end;
  }
  EXPECT_EQ(covered, without.size());
}

TEST_F(ExcludeWordsTest, ParagraphsBeginWhereTheyBegan) {
  const AnalyzedArticle whole = Analyze(kText, lexicon_), without = Without({SpanOf("bridge"), SpanOf("mayor")});
  const auto begins = [](const TokenizedArticle& article) {
    std::vector<uint32_t> tokens;
    for (const uint32_t sentence : article.paragraphs) tokens.push_back(article.sentences[sentence].begin);
    return tokens;
  };
  EXPECT_EQ(begins(without.text), begins(whole.text));
}

TEST_F(ExcludeWordsTest, TheWholeIsKept) {
  const AnalyzedArticle without = Without({SpanOf("bridge")});
  EXPECT_EQ(without.whole().text, Analyze(kText, lexicon_).text);
}

}  // namespace
}  // namespace unspin
