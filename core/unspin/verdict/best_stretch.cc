#include "unspin/verdict/best_stretch.h"

#include <algorithm>

namespace unspin {
namespace {

// What a step adds to a stretch, in words kept.
constexpr double kKept = 1.0;
constexpr double kKeptByChance = 0.3;  // names and function words are in line by chance more easily than other words
constexpr double kStrongSynonym = 0.7;
constexpr double kWeakSynonym = 0.3;
constexpr double kReplaced = -0.4;
constexpr double kOneSidedOrMoved = -0.6;

double WorthOf(const AnalyzedArticle& original, const WordStep& step) {
  switch (step.change) {
    case WordChange::kKept:
    case WordChange::kInflected: {
      const uint32_t token = step.original.begin;
      return original.IsName(token) || original.Info(token).function_word ? kKeptByChance : kKept;
    }
    case WordChange::kSynonym:
      // A replacement that a spinner was seen to make explains a word, and proves nothing: else the habits of one
      // guilty text would count against innocent ones.
      if (step.evidence == SubstitutionSource::kSpinDictionary) return kReplaced;
      return step.evidence == SubstitutionSource::kWeakThesaurus ? kWeakSynonym : kStrongSynonym;
    case WordChange::kReplaced:
      return kReplaced;
    case WordChange::kInserted:
    case WordChange::kDeleted:
    case WordChange::kMoved:
      break;
  }
  return kOneSidedOrMoved;
}

}  // namespace

double BestStretch(const AnalyzedArticle& original, const AnalyzedArticle& suspect, const AlignedPassage& passage) {
  double weight = 0, best = 0;
  for (const WordStep& step : passage.steps) {
    if (!StepCounts(original, suspect, step)) continue;
    weight = std::max(0.0, weight + WorthOf(original, step));
    best = std::max(best, weight);
  }
  return best;
}

}  // namespace unspin
