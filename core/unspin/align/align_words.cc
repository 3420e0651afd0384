#include "unspin/align/align_words.h"

#include <cassert>

#include "unspin/align/align_gap.h"
#include "unspin/align/chain_equal_words.h"
#include "unspin/align/mark_moves.h"

namespace unspin {
namespace {

// One before each match and one behind the last; they may be empty.
std::vector<Gap> GapsBetween(const std::vector<WordMatch>& matches, TokenSpan original, TokenSpan suspect) {
  std::vector<Gap> gaps;
  gaps.reserve(matches.size() + 1);
  for (const WordMatch& match : matches) {
    gaps.push_back({{original.begin, match.original}, {suspect.begin, match.suspect}});
    original.begin = match.original + 1;
    suspect.begin = match.suspect + 1;
  }
  gaps.push_back({original, suspect});
  return gaps;
}

// The step of two words with one stem.
WordStep StepOfMatch(const AnalyzedPair& pair, const WordMatch& match) {
  WordStep step{
      WordChange::kKept, {match.original, match.original + 1}, {match.suspect, match.suspect + 1}, std::nullopt};
  if (!pair.SameSpelling(match.original, match.suspect)) {
    const bool number = pair.original.Info(match.original).number;
    step.change = number ? WordChange::kKept : WordChange::kInflected;
    step.evidence = number ? SubstitutionSource::kNumber : SubstitutionSource::kStem;
  }
  return step;
}

}  // namespace

std::vector<WordStep> AlignWords(const AnalyzedPair& pair, TokenSpan original_span, TokenSpan suspect_span,
                                 LexiconCache& lexicon) {
  assert(original_span.begin <= original_span.end && original_span.end <= pair.original.size());
  assert(suspect_span.begin <= suspect_span.end && suspect_span.end <= pair.suspect.size());
  std::vector<WordStep> steps;
  steps.reserve(original_span.size() + suspect_span.size());
  const std::vector<WordMatch> matches = ChainEqualWords(pair, original_span, suspect_span);
  const std::vector<Gap> gaps = GapsBetween(matches, original_span, suspect_span);
  GapAligner aligner(pair, lexicon);
  aligner.PrefetchSynonyms(gaps);
  for (size_t i = 0; i < gaps.size(); ++i) {
    aligner.Align(gaps[i], steps);
    if (i < matches.size()) steps.push_back(StepOfMatch(pair, matches[i]));
  }
  MarkMoves(pair.original, pair.suspect, steps);
  return steps;
}

}  // namespace unspin
