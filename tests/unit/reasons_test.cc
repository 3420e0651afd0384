#include "unspin/verdict/reasons.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>

namespace unspin {
namespace {

TEST(ReasonsTest, ASignalIsExplainedByItsSentenceAndValue) {
  const Reason reason = SignalReason(Signal::kRarePlain, 0.376, -1.5);
  EXPECT_EQ(reason.signal, "rare-plain");
  EXPECT_EQ(reason.value, 0.376);
  EXPECT_EQ(reason.weight, -1.5);
  EXPECT_EQ(reason.text, "0.38 of the rare words that are neither names nor numbers are shared");
}

TEST(ReasonsTest, EverySignalHasASentenceForAnyValue) {
  for (const Signal signal : kAllSignals) {
    for (const double value : {0.0, -1.0, 0.5, std::numeric_limits<double>::max()}) {
      const std::string text = SignalReason(signal, value, 0).text;
      EXPECT_EQ(text.find('%'), std::string::npos) << text;
      EXPECT_NE(text.find('.'), std::string::npos) << text;
    }
  }
}

TEST(ReasonsTest, TooFewWordsAreCounted) {
  const Reason reason = CountedWordsReason(7, 40);
  EXPECT_EQ(reason.signal, "counted-words");
  EXPECT_EQ(reason.value, 7);
  EXPECT_EQ(reason.text, "only 7 words count on the shorter side; 40 are needed to say anything");
}

TEST(ReasonsTest, ObservationsAboutTheTextsHaveNoWeight) {
  EXPECT_EQ(LanguageReason(0.1, "English").weight, 0);
  EXPECT_EQ(CountedWordsReason(1, 40).weight, 0);
  EXPECT_EQ(CommonSourceReason(0.9, "id").weight, 0);
}

TEST(ReasonsTest, AFormSaysHowMuchOfItDiffers) {
  const Reason reason = FormReason({.fillings = 16, .differing = 12, .sentences = 11, .differing_sentences = 9});
  EXPECT_EQ(reason.signal, "form");
  EXPECT_EQ(reason.value, 0.75);
  EXPECT_EQ(reason.weight, 0);
  EXPECT_EQ(
      reason.text,
      "the two fill in one form: 12 of 16 names, numbers and the like differ, in 9 of 11 sentences that have any");
}

}  // namespace
}  // namespace unspin
