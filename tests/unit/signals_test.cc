#include "unspin/verdict/signals.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <string>
#include <string_view>

#include "support/english.h"
#include "support/sample_articles.h"

namespace unspin {
namespace {

class SignalsTest : public ::testing::Test {
 protected:
  Signals MeasurePair(std::string_view original, std::string_view suspect) {
    const AnalyzedArticle left = Analyze(original, lexicon_), right = Analyze(suspect, lexicon_);
    return MeasureSignals(left, right, Weigh(left, right, PassageOptions{}, lexicon_), EnglishLexicon());
  }

  LexiconCache lexicon_{EnglishLexicon()};
};

TEST_F(SignalsTest, EverySignalHasANameAndAnExplanation) {
  std::set<std::string_view> names;
  for (size_t i = 0; i < kSignalCount; ++i) {
    const auto signal = static_cast<Signal>(i);
    EXPECT_TRUE(names.insert(SignalName(signal)).second) << SignalName(signal);
    EXPECT_FALSE(SignalName(signal).empty());
    const std::string text = ExplainSignal(signal, 0.375);
    EXPECT_NE(text.find("0.3"), std::string::npos) << text;
    EXPECT_EQ(text.find('%'), std::string::npos) << text;
  }
  EXPECT_EQ(SignalName(kShared4), "shared-4");
}

TEST_F(SignalsTest, AreFiniteForAnything) {
  const std::string story = testing::ReadSample("rail-strike", "original.txt");
  std::string huge;
  for (int i = 0; i < 30; ++i) huge += story + "\n\n";
  for (const std::string& original : {std::string(), std::string("word"), std::string("\xff\xfe."), story, huge}) {
    for (const std::string& suspect : {std::string(), std::string("word"), std::string("the"), story, huge}) {
      const Signals signals = MeasurePair(original, suspect);
      for (size_t i = 0; i < kSignalCount; ++i) {
        EXPECT_TRUE(std::isfinite(signals[i]))
            << SignalName(static_cast<Signal>(i)) << ' ' << original.size() << ' ' << suspect.size();
      }
    }
  }
}

TEST_F(SignalsTest, AnIdenticalArticleSharesAll) {
  const std::string story = testing::ReadSample("rail-strike", "original.txt");
  const Signals signals = MeasurePair(story, story);
  for (const Signal signal : {kShared4, kShared5, kShared5Larger, kIdfSuspect, kIdfOriginal, kCoverageOriginal}) {
    EXPECT_NEAR(signals[signal], 1, 1e-6) << SignalName(signal);
  }
  EXPECT_NEAR(signals[kSentenceMean], 1, 1e-3);
  EXPECT_GT(signals[kNames], 0.95);
}

TEST_F(SignalsTest, AForeignStorySharesLittle) {
  const Signals signals = MeasurePair(testing::ReadSample("rail-strike", "original.txt"),
                                      testing::ReadSample("vent-field", "original.txt"));
  EXPECT_LT(signals[kShared4], 0.05);
  EXPECT_LT(signals[kRarePlain], 0.2);
  EXPECT_LT(signals[kNames], 0.4);
  EXPECT_EQ(signals[kRuns5], 0);
}

TEST_F(SignalsTest, SharesAreFractions) {
  for (const std::string& story : testing::SampleStories()) {
    for (const char* file : {"copy.txt", "spun.txt", "rewritten.txt", "excerpt.txt", "independent.txt"}) {
      const Signals signals = MeasurePair(testing::ReadSample(story, "original.txt"), testing::ReadSample(story, file));
      for (const Signal signal :
           {kShared4, kShared5, kShared5Larger, kIdfSuspect, kRareSuspect, kRarePlain, kNames, kNumbers, kFactsOfRegion,
            kQuotations, kSentenceMean, kSentenceMedian, kSentenceOriginal, kSentenceOrder, kCoverageOriginal}) {
        EXPECT_GE(signals[signal], 0) << story << ' ' << file << ' ' << SignalName(signal);
        EXPECT_LE(signals[signal], 1 + 1e-5) << story << ' ' << file << ' ' << SignalName(signal);
      }
    }
  }
}

// What the judgement rests on: of the same story, the derived text shares more than the independent one.
TEST_F(SignalsTest, TellACopyFromAnIndependentReport) {
  for (const std::string& story : testing::SampleStories()) {
    const std::string original = testing::ReadSample(story, "original.txt");
    const Signals copy = MeasurePair(original, testing::ReadSample(story, "copy.txt"));
    const Signals independent = MeasurePair(original, testing::ReadSample(story, "independent.txt"));
    for (const Signal signal : {kShared4, kRuns3, kContentPairs, kRarePlain, kNames, kOrderLength, kPlainOrder,
                                kSentenceMean, kBestStretch}) {
      EXPECT_GT(copy[signal], independent[signal]) << story << ' ' << SignalName(signal);
    }
  }
}

}  // namespace
}  // namespace unspin
