#include "unspin/verdict/signals/common_order.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <vector>

#include "unspin/base/longest_increasing.h"
#include "unspin/verdict/rarity.h"
#include "unspin/verdict/signals/pair_measurements.h"

namespace unspin {
namespace {

constexpr uint32_t kMaxOrderUses = 3;  // a word used more often on a side says nothing about order

// The tokens of one word or of a few related ones.
struct Positions {
  uint32_t count = 0;  // may exceed kMaxOrderUses; then only the first tokens are kept
  std::array<uint32_t, kMaxOrderUses> tokens;
};

// For each stem of the original, the tokens that may take part in the order.
class PositionsOfStems {
 public:
  explicit PositionsOfStems(size_t stems) : positions_(stems) {}

  void Add(uint32_t stem, uint32_t token) {
    Positions& positions = positions_[stem];
    if (positions.count < kMaxOrderUses) positions.tokens[positions.count] = token;
    ++positions.count;
  }

  // False, and nothing is appended, where there would be more than kMaxOrderUses.
  bool AppendTo(Positions& out, uint32_t stem) const {
    const Positions& positions = positions_[stem];
    if (positions.count + out.count > kMaxOrderUses) return false;
    std::copy_n(positions.tokens.begin(), positions.count, out.tokens.begin() + out.count);
    out.count += positions.count;
    return true;
  }

 private:
  std::vector<Positions> positions_;
};

// Where the original has the word or, if it lacks it, the synonyms of the word, in ascending order; none where it has
// them too often.
Positions FindPositions(uint32_t stem, const PositionsOfStems& of_original, std::span<const uint32_t> to_original,
                        const SynonymStems* synonyms) {
  Positions found;
  bool few = true;
  if (to_original[stem] != kNoStem) {
    few = of_original.AppendTo(found, to_original[stem]);
  } else if (synonyms) {
    for (const uint32_t synonym : synonyms->Of(stem)) few = few && of_original.AppendTo(found, synonym);
    std::sort(found.tokens.begin(), found.tokens.begin() + std::min(found.count, kMaxOrderUses));
  }
  return few ? found : Positions{};
}

// Independent reporters share facts, not their order. A random order of n words has an increasing subsequence of
// 2·sqrt(n) words (Vershik and Kerov 1977).
CommonOrder FindOrder(const PositionsOfStems& of_original, const AnalyzedArticle& suspect,
                      std::span<const uint32_t> to_original, const SynonymStems* synonyms) {
  IncreasingTails tails(suspect.stems.size());
  std::vector<uint32_t> uses(suspect.stems.size(), 0);
  size_t words = 0;
  for (uint32_t token = 0; token < suspect.size(); ++token) {
    if (!suspect.zones.Counts(token)) continue;
    const uint32_t stem = suspect.stem_ids[token];
    const Positions at_original = FindPositions(stem, of_original, to_original, synonyms);
    if (at_original.count == 0) continue;
    if (++uses[stem] > kMaxOrderUses) continue;
    ++words;
    // Descending, so that one use of the word enters the subsequence once at most.
    for (uint32_t i = at_original.count; i-- > 0;) tails.Append(at_original.tokens[i]);
  }
  if (words == 0) return {};
  const double length = static_cast<double>(tails.length()), n = static_cast<double>(words);
  const double chance = std::min(n, 2 * std::sqrt(n));
  return {length - chance, (length - chance) / n};
}

}  // namespace

CommonOrders FindCommonOrders(const AnalyzedArticle& original, const AnalyzedArticle& suspect,
                              std::span<const uint32_t> to_original, const SynonymStems& synonyms) {
  assert(to_original.size() == suspect.stems.size());
  PositionsOfStems uncommon(original.stems.size()), plain(original.stems.size());
  for (uint32_t token = 0; token < original.size(); ++token) {
    const uint32_t stem = original.stem_ids[token];
    if (original.stem_idf[stem] < kUncommonIdf || !original.zones.Counts(token)) continue;
    uncommon.Add(stem, token);
    if (!original.IsName(token) && !original.text.tokens[token].numeric) plain.Add(stem, token);
  }
  return {FindOrder(uncommon, suspect, to_original, nullptr), FindOrder(plain, suspect, to_original, &synonyms)};
}

double MeasureOrderLength(const PairMeasurements& pair) {
  return LogOfCount(std::max(0.0, pair.orders.uncommon.beyond_chance));
}
double MeasurePlainOrder(const PairMeasurements& pair) { return pair.orders.plain.share; }
double MeasurePlainOrderLength(const PairMeasurements& pair) {
  return LogOfCount(std::max(0.0, pair.orders.plain.beyond_chance));
}
double MeasureOrderPerPair(const PairMeasurements& pair) {
  return MeasurePlainOrderLength(pair) - LogOfCount(static_cast<double>(pair.runs.content_pairs));
}

}  // namespace unspin
