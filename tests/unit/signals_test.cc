#include "unspin/verdict/signals.h"

#include <gtest/gtest.h>

#include <cmath>
#include <optional>
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
    return MeasureSignals(ViewPair(left, right, nullptr, lexicon_), lexicon_.lexicon());
  }

  LexiconCache lexicon_{EnglishLexicon()};
};

TEST_F(SignalsTest, EverySignalIsFoundByItsName) {
  for (const Signal signal : kAllSignals) EXPECT_EQ(FindSignal(SignalName(signal)), signal) << SignalName(signal);
  EXPECT_EQ(FindSignal("no-such-signal"), std::nullopt);
  EXPECT_EQ(SignalName(Signal::kShared4), "shared-4");
  EXPECT_EQ(SignalName(Signal::kBestStretch), "best-stretch");
}

TEST_F(SignalsTest, EverySignalIsFiniteForAnyPair) {
  const std::string story = testing::ReadSample("rail-strike", "original.txt");
  std::string huge;
  for (int i = 0; i < 30; ++i) huge += story + "\n\n";
  for (const std::string& original : {std::string(), std::string("word"), std::string("\xff\xfe."), story, huge}) {
    for (const std::string& suspect : {std::string(), std::string("word"), std::string("the"), story, huge}) {
      const Signals signals = MeasurePair(original, suspect);
      for (const Signal signal : kAllSignals) {
        EXPECT_TRUE(std::isfinite(signals[signal]))
            << SignalName(signal) << ' ' << original.size() << ' ' << suspect.size();
      }
    }
  }
}

TEST_F(SignalsTest, IdenticalArticlesShareEverything) {
  const std::string story = testing::ReadSample("rail-strike", "original.txt");
  const Signals signals = MeasurePair(story, story);
  for (const Signal signal : {Signal::kShared4, Signal::kShared5, Signal::kShared5Longer, Signal::kIdfSuspect,
                              Signal::kIdfOriginal, Signal::kCoverageOriginal}) {
    EXPECT_NEAR(signals[signal], 1, 1e-6) << SignalName(signal);
  }
  EXPECT_NEAR(signals[Signal::kSentenceMean], 1, 1e-3);
  EXPECT_GT(signals[Signal::kNames], 0.95);
}

TEST_F(SignalsTest, ForeignStoriesShareLittle) {
  const Signals signals = MeasurePair(testing::ReadSample("rail-strike", "original.txt"),
                                      testing::ReadSample("vent-field", "original.txt"));
  EXPECT_LT(signals[Signal::kShared4], 0.05);
  EXPECT_LT(signals[Signal::kRarePlain], 0.2);
  EXPECT_LT(signals[Signal::kNames], 0.4);
  EXPECT_EQ(signals[Signal::kRuns5], 0);
}

TEST_F(SignalsTest, SharesAreFractions) {
  for (const std::string& story : testing::SampleStories()) {
    for (const char* file : {"copy.txt", "spun.txt", "rewritten.txt", "excerpt.txt", "independent.txt"}) {
      const Signals signals = MeasurePair(testing::ReadSample(story, "original.txt"), testing::ReadSample(story, file));
      for (const Signal signal :
           {Signal::kShared4, Signal::kShared5, Signal::kShared5Longer, Signal::kIdfSuspect, Signal::kRarePlain,
            Signal::kNames, Signal::kNumbers, Signal::kFactsOfRegion, Signal::kQuotations, Signal::kSentenceMean,
            Signal::kSentenceOriginal, Signal::kSentenceOrder, Signal::kCoverageOriginal}) {
        EXPECT_GE(signals[signal], 0) << story << ' ' << file << ' ' << SignalName(signal);
        EXPECT_LE(signals[signal], 1 + 1e-5) << story << ' ' << file << ' ' << SignalName(signal);
      }
    }
  }
}

// The ground of the judgement: of one story, the derived text shares more than the independent one.
TEST_F(SignalsTest, ACopySharesMoreThanAnIndependentReport) {
  for (const std::string& story : testing::SampleStories()) {
    const std::string original = testing::ReadSample(story, "original.txt");
    const Signals copy = MeasurePair(original, testing::ReadSample(story, "copy.txt"));
    const Signals independent = MeasurePair(original, testing::ReadSample(story, "independent.txt"));
    for (const Signal signal :
         {Signal::kShared4, Signal::kRuns3Plain, Signal::kLongestRun, Signal::kRarePlain, Signal::kNames,
          Signal::kOrderLength, Signal::kPlainOrder, Signal::kSentenceMean, Signal::kBestStretch}) {
      EXPECT_GT(copy[signal], independent[signal]) << story << ' ' << SignalName(signal);
    }
  }
}

}  // namespace
}  // namespace unspin
