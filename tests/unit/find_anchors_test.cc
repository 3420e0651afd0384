#include "unspin/anchor/find_anchors.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "support/english.h"
#include "support/sample_articles.h"
#include "unspin/text/hash_words.h"
#include "unspin/text/tokenize.h"

namespace unspin {
namespace {

Anchors Find(const std::string& text, const AnchorOptions& options = {}) {
  LexiconCache lexicon(EnglishLexicon());
  return FindAnchors(Tokenize(text), options, lexicon);
}

AnchorOptions WordsOnly() {
  AnchorOptions options;
  options.min_idf = 0;
  return options;
}

TEST(FindAnchorsTest, EmptyTextHasNoAnchors) {
  EXPECT_TRUE(Find("").empty());
  EXPECT_TRUE(Find("the and of it is was").empty());
}

TEST(FindAnchorsTest, TwoAnd2AreOneAnchor) {
  const Anchors word = Find("two", WordsOnly()), digit = Find("2", WordsOnly());
  ASSERT_EQ(word.size(), 1u);
  ASSERT_EQ(digit.size(), 1u);
  EXPECT_EQ(word[0].hash, digit[0].hash);
  EXPECT_NE(Find("three", WordsOnly())[0].hash, digit[0].hash);
}

TEST(FindAnchorsTest, FormsOfAWordAreOneAnchor) {
  EXPECT_EQ(Find("excavators", WordsOnly())[0].hash, Find("excavator", WordsOnly())[0].hash);
}

TEST(FindAnchorsTest, CaseDoesNotMatter) {
  EXPECT_EQ(Find("Beatrix Thorne of Brandeck"), Find("BEATRIX THORNE of brandeck"));
}

TEST(FindAnchorsTest, HashesAreDistinctAndAscendAndWeightsAreKept) {
  for (const std::string& story : testing::SampleStories()) {
    const Anchors anchors = Find(testing::ReadSample(story, "original.txt"));
    EXPECT_GT(anchors.size(), 50u) << story;
    for (size_t i = 0; i < anchors.size(); ++i) {
      EXPECT_GT(anchors[i].weight, 0) << story;
      if (i > 0) {
        EXPECT_LT(anchors[i - 1].hash, anchors[i].hash) << story;
      }
    }
  }
}

TEST(FindAnchorsTest, OptionsBoundTheNumberAndKeepTheRarest) {
  const std::string text = testing::ReadSample("rail-strike", "original.txt");
  AnchorOptions few = WordsOnly();
  few.max_words = 10;
  const Anchors all = Find(text, WordsOnly()), ten = Find(text, few);
  ASSERT_EQ(ten.size(), 10u);
  std::set<uint64_t> kept;
  float least_kept = 1e9f, most_dropped = 0;
  for (const Anchor& anchor : ten) {
    kept.insert(anchor.hash);
    least_kept = std::min(least_kept, anchor.weight);
  }
  for (const Anchor& anchor : all) {
    if (!kept.count(anchor.hash)) most_dropped = std::max(most_dropped, anchor.weight);
  }
  EXPECT_GE(least_kept, most_dropped);
  EXPECT_GT(most_dropped, 0);
}

// The heaviest of all, found by sorting them by weight.
Anchors HeaviestOf(Anchors all, size_t most) {
  std::stable_sort(all.begin(), all.end(), [](const Anchor& a, const Anchor& b) { return a.weight > b.weight; });
  all.resize(std::min(all.size(), most));
  std::sort(all.begin(), all.end());
  return all;
}

TEST(FindAnchorsTest, FormsOfOneStemDisplaceNoOtherWord) {
  // The heaviest words are forms of a few stems: more of them than are wanted, and fewer stems.
  std::string text = testing::ReadSample("rail-strike", "original.txt");
  for (const char* stem : {"zibbl", "wurgl", "quonk"}) {
    for (const char* ending : {"e", "es", "ed", "ing", "ings", "edly", "ingly"})
      text += std::string(" ") + stem + ending;
  }
  const Anchors all = Find(text, WordsOnly());
  for (const uint32_t max : {1u, 2u, 3u, 8u, 16u, 40u, 90u}) {
    AnchorOptions few = WordsOnly();
    few.max_words = max;
    EXPECT_EQ(Find(text, few), HeaviestOf(all, max)) << max;
  }
}

TEST(AnchorFinderTest, FindsTheAnchorsOfFindAnchors) {
  LexiconCache lexicon(EnglishLexicon());
  AnchorFinder finder(EnglishLexicon());
  WordHasher hasher(English());
  std::vector<uint64_t> words;
  std::vector<ByteSpan> sources;
  for (int round = 0; round < 2; ++round) {  // the second time every word is known
    for (const std::string& story : testing::SampleStories()) {
      for (const char* file : {"original.txt", "spun.txt"}) {
        std::string text = testing::ReadSample(story, file);
        text +=
            " Caf\u00e9 \u201cna\u00efve\u201d don\u2019t 12\u00a0% of the U.S. 1,000 twenty-five "
            "\u041c\u043e\u0441\u043a\u0432\u0430";
        words.clear();
        sources.clear();
        hasher.Append(text, words, sources);
        ASSERT_EQ(words.size(), sources.size());
        EXPECT_EQ(finder.Find(text, words, sources, {}), FindAnchors(Tokenize(text), {}, lexicon))
            << story << ' ' << file;
        EXPECT_EQ(finder.Find(text, words, sources, {10, 3}), FindAnchors(Tokenize(text), {10, 3}, lexicon));
      }
    }
  }
}

TEST(AnchorFinderTest, CacheGrowsInTheMiddleOfAnArticle) {
  std::string text;
  for (int word = 0; word < 40'000; ++word)
    text += "qx" + std::to_string(word * 7919) + "z " + (word % 3 == 0 ? "Kyiv and " : "");
  LexiconCache lexicon(EnglishLexicon());
  AnchorFinder finder(EnglishLexicon());
  WordHasher hasher(English());
  std::vector<uint64_t> words;
  std::vector<ByteSpan> sources;
  hasher.Append(text, words, sources);
  const Anchors expected = FindAnchors(Tokenize(text), {100'000, 1.5f}, lexicon);
  EXPECT_GT(expected.size(), 40'000u);
  for (int round = 0; round < 2; ++round) EXPECT_EQ(finder.Find(text, words, sources, {100'000, 1.5f}), expected);
}

}  // namespace
}  // namespace unspin
