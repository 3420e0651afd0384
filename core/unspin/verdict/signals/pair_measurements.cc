#include "unspin/verdict/signals/pair_measurements.h"

#include <algorithm>

#include "unspin/lexicon/lexicon.h"

namespace unspin {
namespace {

// The inverse of MatchStems(suspect, original): cheaper than a second join.
std::vector<uint32_t> Invert(const std::vector<uint32_t>& to_original, size_t original_stems) {
  std::vector<uint32_t> to_suspect(original_stems, kNoStem);
  for (uint32_t stem = 0; stem < to_original.size(); ++stem) {
    if (to_original[stem] != kNoStem) to_suspect[to_original[stem]] = stem;
  }
  return to_suspect;
}

}  // namespace

SharedRunWords::SharedRunWords(const SharedWording& wording) {
  for (const SharedRun& run : wording.runs) {
    uint32_t length = 0;
    for (uint32_t token = run.suspect.begin; token < run.suspect.end; ++token) {
      const bool counts = wording.suspect_zones[token] == Zone::kBody;
      narration += counts;
      length = counts ? length + 1 : 0;
      longest_narration_run = std::max(longest_narration_run, length);
    }
    all += run.suspect.size();
  }
}

PairMeasurements::PairMeasurements(const PairView& view, const Lexicon& lexicon)
    : original(view.original),
      suspect(view.suspect),
      alignment(view.alignment),
      to_original(view.to_original),
      to_suspect(Invert(to_original, original.stems.size())),
      shared(view.wording),
      runs(CountCommonRuns(original, suspect, to_original, to_suspect)),
      synonyms(suspect, to_original, original, lexicon),
      suspect_vocabulary(ShareOfVocabulary(suspect, to_original)),
      original_vocabulary(ShareOfVocabulary(original, to_suspect)),
      orders(FindCommonOrders(original, suspect, to_original, synonyms)),
      sentences(CompareSentences(original, suspect, to_original, synonyms)) {}

}  // namespace unspin
