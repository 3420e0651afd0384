// How many of the suspect's names and numbers the original has: an article derived from another states few facts of its
// own, an independent report states some.
#include <vector>

#include "unspin/verdict/signals/pair_measurements.h"

namespace unspin {
namespace {

// The weight of one rare word, half of it shared: keeps the shares of few facts moderate.
constexpr float kFactPrior = 4.0f;

struct FactKinds {
  bool names = false, numbers = false;
};

// Each name and number counts once, weighed by idf. 1 where all of them occur in the original.
double ShareOfFacts(const PairMeasurements& pair, TokenSpan span, FactKinds kinds) {
  const AnalyzedArticle& suspect = pair.suspect;
  double all = kFactPrior, common = kFactPrior / 2;
  std::vector<bool> seen(suspect.stems.size(), false);
  for (uint32_t token = span.begin; token < span.end; ++token) {
    if (!suspect.zones.Counts(token)) continue;
    const bool number = suspect.text.tokens[token].numeric || suspect.Info(token).number;
    const bool counts = number ? kinds.numbers : kinds.names && suspect.IsName(token);
    if (!counts) continue;
    const uint32_t stem = suspect.stem_ids[token];
    if (seen[stem]) continue;
    seen[stem] = true;
    all += suspect.stem_idf[stem];
    if (pair.to_original[stem] != kNoStem) common += suspect.stem_idf[stem];
  }
  return common / all;
}

TokenSpan WholeSuspect(const PairMeasurements& pair) { return {0, static_cast<uint32_t>(pair.suspect.size())}; }

}  // namespace

double MeasureNames(const PairMeasurements& pair) { return ShareOfFacts(pair, WholeSuspect(pair), {.names = true}); }
double MeasureNumbers(const PairMeasurements& pair) {
  return ShareOfFacts(pair, WholeSuspect(pair), {.numbers = true});
}
double MeasureFactsOfRegion(const PairMeasurements& pair) {
  return ShareOfFacts(pair, pair.sentences.best_region, {.names = true, .numbers = true});
}

}  // namespace unspin
