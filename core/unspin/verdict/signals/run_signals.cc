// The signals that common runs of words give.
#include "unspin/verdict/signals/pair_measurements.h"

namespace unspin {
namespace {

constexpr double kSharedPrior = 20;  // words in shared runs, half of them narration: keeps the share of few moderate
constexpr double kQuotedPrior = 10;  // quoted runs, half of them shared: keeps the share of few moderate

double LogOfCount(size_t count) { return unspin::LogOfCount(static_cast<double>(count)); }

}  // namespace

double MeasureShared4(const PairMeasurements& pair) { return pair.runs.narration4.ShareOfSmaller(); }
double MeasureShared5(const PairMeasurements& pair) { return pair.runs.narration5.ShareOfSmaller(); }
double MeasureShared5Longer(const PairMeasurements& pair) { return pair.runs.narration5.ShareOfLarger(); }
double MeasureRuns5(const PairMeasurements& pair) { return LogOfCount(pair.runs.narration5.common); }
double MeasureRuns3Plain(const PairMeasurements& pair) { return LogOfCount(pair.runs.plain3); }

// Texts on one matter have neighbouring words in common. What tells derivation is more than they explain.
double MeasureRunsPerPair(const PairMeasurements& pair) {
  return LogOfCount(pair.runs.plain3) - LogOfCount(pair.runs.content_pairs);
}
double MeasureRunsBeyondVocabulary(const PairMeasurements& pair) {
  return pair.runs.narration4.ShareOfSmaller() - pair.suspect_vocabulary.weighed;
}

double MeasureLongestRun(const PairMeasurements& pair) { return LogOfCount(size_t{pair.shared.longest_narration_run}); }

double MeasureNarrationOfShared(const PairMeasurements& pair) {
  return (pair.shared.narration + kSharedPrior / 2) / (pair.shared.all + kSharedPrior);
}

double MeasureQuotations(const PairMeasurements& pair) {
  return (static_cast<double>(pair.runs.quoted3_common) + kQuotedPrior / 2) /
         (static_cast<double>(pair.runs.quoted3_of_suspect) + kQuotedPrior);
}

}  // namespace unspin
