#include "unspin/verdict/signals/pair_measurements.h"

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

PairMeasurements::PairMeasurements(const AnalyzedArticle& original, const AnalyzedArticle& suspect,
                                   const PairAlignment& alignment, const Lexicon& lexicon)
    : original(original),
      suspect(suspect),
      alignment(alignment),
      to_original(MatchStems(suspect, original)),
      to_suspect(Invert(to_original, original.stems.size())),
      runs(CountCommonRuns(original, suspect, to_original, to_suspect)),
      synonyms(suspect, to_original, original, lexicon),
      suspect_vocabulary(ShareOfVocabulary(suspect, to_original)),
      original_vocabulary(ShareOfVocabulary(original, to_suspect)),
      orders(FindCommonOrders(original, suspect, to_original, synonyms)),
      sentences(CompareSentences(original, suspect, to_original, synonyms)) {}

}  // namespace unspin
