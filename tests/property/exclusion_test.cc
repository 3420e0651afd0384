// Laws of exclusions: what a person sets aside can only take evidence away, and nothing else changes.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "edits.h"
#include "render/json.h"
#include "support/english.h"
#include "unspin/align/exclude_words.h"
#include "unspin/engine/engine.h"
#include "unspin/verdict/coverage.h"
#include "unspin/verdict/pair_view.h"

namespace unspin {
namespace {

using testing::Draw;
using testing::ReadSample;
using testing::SampleStories;

constexpr uint64_t kSeeds = 150;

struct Pair {
  Article original, suspect;
};

class ExclusionProperty : public ::testing::Test {
 protected:
  // A suspect of any kind, sometimes pasted into another story.
  static Pair DrawPair(Draw& draw) {
    static const std::vector<std::string> stories = SampleStories();
    static const std::vector<std::string> files = {"copy.txt",      "spun.txt",    "edited.txt",
                                                   "rewritten.txt", "excerpt.txt", "independent.txt"};
    const std::string story = draw.From(stories);
    Pair pair;
    pair.original.text = ReadSample(story, "original.txt");
    pair.suspect.text = ReadSample(story, draw.From(files));
    if (draw.Chance(0.3)) pair.suspect.text += "\n\n" + ReadSample(draw.From(stories), "original.txt");
    return pair;
  }

  // Any bytes; many spans are of about a sentence.
  static std::vector<ByteSpan> DrawSpans(const std::string& text, Draw& draw) {
    std::vector<ByteSpan> spans;
    for (size_t count = 1 + draw.Below(6); count > 0; --count) {
      const auto begin = static_cast<uint32_t>(draw.Below(text.size()));
      const size_t size = draw.Chance(0.2) ? draw.Below(text.size()) : draw.Below(200);
      spans.push_back({begin, begin + static_cast<uint32_t>(size)});
    }
    return spans;
  }

  Report Compare(const Pair& pair, const std::vector<ByteSpan>& spans) {
    CheckOptions options;
    options.exclude.spans = spans;
    return engine_.Compare(pair.original, pair.suspect, options, workspace_);
  }

  static uint32_t SharedBytes(ByteSpan span, const std::vector<ByteSpan>& others) {
    uint32_t bytes = 0;
    for (const ByteSpan other : others) bytes += Overlap(span, other);
    return bytes;
  }

  const Engine engine_;
  Workspace workspace_{engine_};
  LexiconCache lexicon_{EnglishLexicon()};
};

TEST_F(ExclusionProperty, WordsThatCountCountedBefore) {
  for (uint64_t seed = 0; seed < kSeeds; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Draw draw(seed);
    const Pair pair = DrawPair(draw);
    const std::vector<ByteSpan> spans = DrawSpans(pair.suspect.text, draw);
    const AnalyzedArticle original = Analyze(pair.original.text, lexicon_);
    const PairView before = ViewPair(original, Analyze(pair.suspect.text, lexicon_), nullptr, lexicon_);
    const PairView behind = ViewPair(original, AnalyzeWithout(pair.suspect.text, spans, lexicon_), nullptr, lexicon_);
    ASSERT_EQ(before.suspect.size(), behind.suspect.size());
    for (size_t token = 0; token < before.suspect.size(); ++token) {
      EXPECT_LE(behind.suspect.zones.IsNarration(token), before.suspect.zones.IsNarration(token));
      EXPECT_LE(behind.suspect.zones.Counts(token), before.suspect.zones.Counts(token));
    }
    EXPECT_LE(CountedWords(behind.suspect), CountedWords(before.suspect));
    EXPECT_EQ(behind.original.zones.of_token, before.original.zones.of_token);
  }
}

TEST_F(ExclusionProperty, NeitherPassagesNorReasonsStandInExcludedWords) {
  for (uint64_t seed = 0; seed < kSeeds; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Draw draw(seed);
    const Pair pair = DrawPair(draw);
    const Report report = Compare(pair, DrawSpans(pair.suspect.text, draw));
    const Finding& finding = report.findings.front();
    const std::vector<ByteSpan>& excluded = report.suspect.excluded;
    uint32_t reach = 0;
    for (const ReportPassage& passage : finding.passages) {
      EXPECT_EQ(SharedBytes(passage.suspect, excluded), 0u);
      EXPECT_GE(passage.suspect.begin, reach);
      EXPECT_FALSE(passage.original.empty());
      reach = passage.suspect.end;
      for (const WordOperation& operation : passage.operations) EXPECT_EQ(SharedBytes(operation.suspect, excluded), 0u);
    }
    for (const Reason& reason : finding.because) {
      for (const ByteSpan span : reason.spans.suspect) EXPECT_EQ(SharedBytes(span, excluded), 0u) << reason.signal;
    }
    for (const ByteSpan span : excluded) EXPECT_EQ(SharedBytes(span, report.suspect.masked), span.size());
  }
}

TEST_F(ExclusionProperty, WithoutAnyWordThereIsNothingToJudge) {
  for (uint64_t seed = 0; seed < kSeeds; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Draw draw(seed);
    const Pair pair = DrawPair(draw);
    const auto size = static_cast<uint32_t>(pair.suspect.text.size()), cut = static_cast<uint32_t>(draw.Below(size));
    const Finding finding = Compare(pair, {{cut, size}, {0, cut}}).findings.front();
    EXPECT_EQ(finding.verdict, Verdict::kInsufficient) << Name(finding.verdict);
    EXPECT_TRUE(finding.passages.empty());
    EXPECT_EQ(finding.coverage.suspect, 0);
    EXPECT_EQ(finding.coverage.original, 0);
    EXPECT_EQ(finding.shared.suspect.narration, 0u);
    EXPECT_LT(finding.probability, 0.5);
  }
}

TEST_F(ExclusionProperty, OrderAndRepetitionOfSpansDoNotMatter) {
  for (uint64_t seed = 0; seed < kSeeds; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Draw draw(seed);
    const Pair pair = DrawPair(draw);
    std::vector<ByteSpan> spans = DrawSpans(pair.suspect.text, draw);
    const std::string report = RenderJson(Compare(pair, spans), {});
    spans.push_back(draw.From(spans));
    const ByteSpan cut = spans.front();
    const uint32_t middle = cut.begin + cut.size() / 2;
    spans.front() = {cut.begin, middle};
    spans.push_back({middle, cut.end});
    draw.Shuffle(spans);
    EXPECT_EQ(RenderJson(Compare(pair, spans), {}), report);
  }
}

TEST_F(ExclusionProperty, ASpanExcludesTheWordsThatItTouches) {
  for (uint64_t seed = 0; seed < kSeeds; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Draw draw(seed);
    const Pair pair = DrawPair(draw);
    const std::vector<ByteSpan> spans = DrawSpans(pair.suspect.text, draw);
    std::vector<ByteSpan> words;
    for (const Token& token : Tokenize(pair.suspect.text).tokens) {
      if (SharedBytes(token.source, spans) > 0) words.push_back(token.source);
    }
    draw.Shuffle(words);
    EXPECT_EQ(RenderJson(Compare(pair, spans), {}), RenderJson(Compare(pair, words), {}));
  }
}

TEST_F(ExclusionProperty, ExcludingNothingChangesNothing) {
  for (uint64_t seed = 0; seed < kSeeds; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Draw draw(seed);
    const Pair pair = DrawPair(draw);
    const TokenizedArticle article = Tokenize(pair.suspect.text);
    std::vector<ByteSpan> between;
    for (size_t token = 1; token < article.tokens.size(); ++token)
      between.push_back({article.tokens[token - 1].source.end, article.tokens[token].source.begin});
    EXPECT_EQ(RenderJson(Compare(pair, between), {}), RenderJson(Compare(pair, {}), {}));
  }
}

// Two parts of one original, a story of its own between them: without one, the passages of the other stay.
TEST_F(ExclusionProperty, OtherPassagesStayWhereTheyAre) {
  const std::vector<std::string> stories = SampleStories();
  uint64_t tried = 0;
  for (size_t i = 0; i < stories.size(); ++i) {
    SCOPED_TRACE(stories[i]);
    Pair pair;
    pair.original.text = ReadSample(stories[i], "original.txt");
    const TokenizedArticle article = Tokenize(pair.original.text);
    const size_t part = article.sentences.size() / 3;
    const auto sentences = [&](size_t first, size_t last) {
      const ByteSpan bytes = article.Bytes({article.sentences[first].begin, article.sentences[last - 1].end});
      return pair.original.text.substr(bytes.begin, bytes.size()) + ".\n\n";
    };
    const std::string first = sentences(0, part), own = ReadSample(stories[(i + 1) % stories.size()], "original.txt"),
                      second = sentences(2 * part, article.sentences.size());
    pair.suspect.text = first + own + "\n\n" + second;
    const Finding before = Compare(pair, {}).findings.front();
    const uint32_t border = static_cast<uint32_t>(first.size());
    std::vector<ByteSpan> expected, spans;
    for (const ReportPassage& passage : before.passages)
      (passage.suspect.end <= border ? spans : expected).push_back(passage.suspect);
    if (spans.empty() || expected.empty()) continue;
    ++tried;
    const Finding behind = Compare(pair, spans).findings.front();
    std::vector<ByteSpan> left;
    for (const ReportPassage& passage : behind.passages) left.push_back(passage.suspect);
    EXPECT_EQ(left, expected);
    EXPECT_LT(behind.coverage.suspect, before.coverage.suspect);
    EXPECT_LE(behind.log10_likelihood_ratio, before.log10_likelihood_ratio);
  }
  EXPECT_GE(tried, stories.size() / 2);
}

}  // namespace
}  // namespace unspin
