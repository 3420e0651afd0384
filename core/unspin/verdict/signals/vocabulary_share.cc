#include "unspin/verdict/signals/vocabulary_share.h"

#include <cassert>
#include <vector>

#include "unspin/verdict/rarity.h"
#include "unspin/verdict/signals/pair_measurements.h"

namespace unspin {
namespace {

// A prior of one word, a part of it shared, keeps the shares of tiny sets from being 0 or 1.
constexpr double kPriorWords = 1.0;
constexpr double kPriorSharedRare = 0.2;
constexpr double kPriorSharedPlain = 0.1;

// What a stem is used for in the narration.
enum class Use : uint8_t { kNone, kPlain, kNamed };

std::vector<Use> UsesOfStems(const AnalyzedArticle& article) {
  std::vector<Use> uses(article.stems.size(), Use::kNone);
  for (uint32_t token = 0; token < article.size(); ++token) {
    if (!article.zones.Counts(token)) continue;
    Use& use = uses[article.stem_ids[token]];
    const bool named = article.IsName(token) || article.text.tokens[token].numeric;
    use = named || use == Use::kNamed ? Use::kNamed : Use::kPlain;
  }
  return uses;
}

}  // namespace

VocabularyShare ShareOfVocabulary(const AnalyzedArticle& article, std::span<const uint32_t> joined) {
  assert(joined.size() == article.stems.size());
  const std::vector<Use> uses = UsesOfStems(article);
  double idf = 0, idf_common = 0;
  size_t rare = 0, rare_common = 0, plain = 0, plain_common = 0;
  for (uint32_t stem = 0; stem < article.stems.size(); ++stem) {
    if (uses[stem] == Use::kNone) continue;
    const bool common = joined[stem] != kNoStem;
    const double weight = article.stem_idf[stem];
    idf += weight;
    if (common) idf_common += weight;
    if (weight <= kRareIdf) continue;
    ++rare;
    rare_common += common;
    if (uses[stem] == Use::kNamed) continue;
    ++plain;
    plain_common += common;
  }
  return {.weighed = idf > 0 ? idf_common / idf : 0,
          .rare = (rare_common + kPriorSharedRare) / (rare + kPriorWords),
          .rare_plain = (plain_common + kPriorSharedPlain) / (plain + kPriorWords),
          .rare_plain_count = plain};
}

double MeasureIdfSuspect(const PairMeasurements& pair) { return pair.suspect_vocabulary.weighed; }
double MeasureIdfOriginal(const PairMeasurements& pair) { return pair.original_vocabulary.weighed; }
double MeasureRareOriginal(const PairMeasurements& pair) { return pair.original_vocabulary.rare; }

// Of the side that has fewer, so that a short article and a long one can share all.
double MeasureRarePlain(const PairMeasurements& pair) {
  const VocabularyShare &suspect = pair.suspect_vocabulary, &original = pair.original_vocabulary;
  return suspect.rare_plain_count <= original.rare_plain_count ? suspect.rare_plain : original.rare_plain;
}

// Names and numbers are the matter's; that the other rare words are shared as well is not.
double MeasurePlainBeyondRare(const PairMeasurements& pair) {
  return MeasureRarePlain(pair) - pair.suspect_vocabulary.rare;
}

}  // namespace unspin
