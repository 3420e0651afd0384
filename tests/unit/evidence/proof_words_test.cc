#include "evidence/proof_words.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/sample_articles.h"
#include "unspin/engine/engine.h"

namespace unspin::evidence {
namespace {

using unspin::testing::SampleArticle;
using unspin::testing::SampleStories;

class ProofWordsTest : public ::testing::Test {
 protected:
  Report Compare(const std::string& story, const std::string& suspect) {
    return engine_.Compare(SampleArticle(story, "original.txt"), SampleArticle(story, suspect), {}, workspace_);
  }
  template <typename Check>
  void ForAllSamples(Check check) {
    for (const std::string& story : SampleStories()) {
      for (const char* suspect :
           {"copy.txt", "edited.txt", "spun.txt", "rewritten.txt", "excerpt.txt", "independent.txt"}) {
        SCOPED_TRACE(story + "/" + suspect);
        check(Compare(story, suspect));
      }
    }
  }
  static uint32_t Words(const std::vector<QuotedPair>& proof) {
    uint32_t words = 0;
    for (const QuotedPair& pair : proof) words += pair.words;
    return words;
  }

  const Engine engine_;
  Workspace workspace_{engine_};
};

TEST_F(ProofWordsTest, QuotesAtMostNinetyWords) {
  ForAllSamples([&](const Report& report) {
    uint32_t words = 0;
    for (const QuotedPair& pair : ProofWords(report, 0, {})) {
      words += CountWords(QuoteOf(report.findings[0].original.text, pair.original)) +
               CountWords(QuoteOf(report.suspect.text, pair.suspect));
    }
    EXPECT_LE(words, kMaxProofWords);
  });
}

TEST_F(ProofWordsTest, CountsWordsAsReportsDo) {
  const Report report = Compare("rail-strike", "spun.txt");
  EXPECT_EQ(CountWords(report.suspect.text), report.suspect.words);
  EXPECT_EQ(CountWords(report.findings[0].original.text), report.findings[0].original.words);
}

TEST_F(ProofWordsTest, StretchesLieInOnePassageOnBothSides) {
  ForAllSamples([&](const Report& report) {
    for (const QuotedPair& pair : ProofWords(report, 0, {})) {
      EXPECT_TRUE(std::any_of(report.findings[0].passages.begin(), report.findings[0].passages.end(),
                              [&](const ReportPassage& passage) {
                                return Overlap(pair.suspect, passage.suspect) == pair.suspect.size() &&
                                       Overlap(pair.original, passage.original) == pair.original.size();
                              }));
    }
  });
}

TEST_F(ProofWordsTest, StretchesDoNotOverlap) {
  ForAllSamples([&](const Report& report) {
    const std::vector<QuotedPair> proof = ProofWords(report, 0, {});
    for (size_t i = 0; i < proof.size(); ++i) {
      for (size_t j = i + 1; j < proof.size(); ++j) {
        EXPECT_EQ(Overlap(proof[i].suspect, proof[j].suspect), 0u);
        EXPECT_EQ(Overlap(proof[i].original, proof[j].original), 0u);
      }
    }
  });
}

TEST_F(ProofWordsTest, ACopyIsShownByTheSameWords) {
  for (const std::string& story : SampleStories()) {
    const Report report = Compare(story, "copy.txt");
    const std::vector<QuotedPair> proof = ProofWords(report, 0, {});
    ASSERT_EQ(proof.size(), 1u) << story;
    EXPECT_EQ(QuoteOf(report.findings[0].original.text, proof[0].original),
              QuoteOf(report.suspect.text, proof[0].suspect));
  }
}

TEST_F(ProofWordsTest, StopsWhereEnoughIsShown) {
  ForAllSamples([&](const Report& report) {
    const std::vector<QuotedPair> proof = ProofWords(report, 0, {});
    int score = 0, smallest = kShownScore;
    for (const QuotedPair& pair : proof) {
      EXPECT_GT(pair.score, 0);
      score += pair.score;
      smallest = std::min(smallest, pair.score);
    }
    EXPECT_LT(score - smallest, kShownScore) << "a stretch too many";
  });
}

TEST_F(ProofWordsTest, FollowsItsLimits) {
  ForAllSamples([&](const Report& report) {
    for (const uint32_t words : {0u, 9u, 40u}) {
      const std::vector<QuotedPair> proof = ProofWords(report, 0, {words, 1});
      EXPECT_LE(proof.size(), 1u);
      EXPECT_LE(Words(proof), words);
    }
  });
}

TEST_F(ProofWordsTest, ExcludedWordsAreNotQuoted) {
  const Report before = Compare("rail-strike", "copy.txt");
  const ByteSpan quoted = ProofWords(before, 0, {}).at(0).suspect;
  CheckOptions options;
  options.exclude.spans = {quoted};
  const Report after = engine_.Compare(SampleArticle("rail-strike", "original.txt"),
                                       SampleArticle("rail-strike", "copy.txt"), options, workspace_);
  const std::vector<QuotedPair> proof = ProofWords(after, 0, {});
  ASSERT_FALSE(proof.empty());
  for (const QuotedPair& pair : proof) EXPECT_EQ(Overlap(pair.suspect, quoted), 0u);
}

// A report whose only passage has all words of a text, each kept.
Report AllKept(const std::string& text) {
  Report report;
  report.suspect.text = text;
  report.findings.emplace_back().original.text = text;
  ReportPassage& passage = report.findings[0].passages.emplace_back();
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find(' ', begin), text.size());
    const ByteSpan word{static_cast<uint32_t>(begin), static_cast<uint32_t>(end)};
    passage.operations.push_back({WordChange::kKept, word, word, std::nullopt});
    begin = end + 1;
  }
  return report;
}

TEST_F(ProofWordsTest, NamesAloneShowNothing) {
  EXPECT_TRUE(
      ProofWords(AllKept("They were Norway Sweden Denmark Finland Iceland Estonia Latvia 1918 Poland"), 0, {}).empty());
  EXPECT_FALSE(ProofWords(AllKept("They were neither tall nor quick to see"), 0, {}).empty());
}

TEST_F(ProofWordsTest, WordsThatAreNotCountedAreNotShown) {
  Report report = AllKept("They were neither tall nor quick to see that nobody else had come");
  for (std::vector<ByteSpan>* masked : {&report.suspect.masked, &report.findings[0].original.masked}) {
    *masked = {{0, static_cast<uint32_t>(report.suspect.text.size())}};
    EXPECT_TRUE(ProofWords(report, 0, {}).empty());
    masked->clear();
  }
}

TEST_F(ProofWordsTest, StretchesDoNotCrossMovedWords) {
  Report report = AllKept("they were neither tall nor quick to see that nobody else had come");
  report.findings[0].passages[0].operations[6].change = WordChange::kMoved;
  for (const QuotedPair& pair : ProofWords(report, 0, {})) {
    EXPECT_EQ(Overlap(pair.suspect, report.findings[0].passages[0].operations[6].suspect), 0u);
  }
}

TEST_F(ProofWordsTest, QuotesAreOneLineWithoutControls) {
  const std::string text = "a\n\n  b\t c\x1b[31m d\xE2\x80\xAE e  ";
  const std::string quote = QuoteOf(text, {0, static_cast<uint32_t>(text.size())});
  EXPECT_EQ(quote.find_first_of("\n\t\x1b"), std::string::npos);
  EXPECT_TRUE(quote.starts_with("a b c"));
  EXPECT_NE(quote.find("U+202E"), std::string::npos);
  EXPECT_TRUE(quote.ends_with("e"));
}

}  // namespace
}  // namespace unspin::evidence
