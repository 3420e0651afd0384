#include "unspin/verdict/signals/common_order.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <vector>

#include "unspin/base/longest_increasing.h"
#include "unspin/verdict/signals/pair_measurements.h"

namespace unspin {
namespace {

constexpr float kUncommonIdf = 2.0f;   // a word in fewer than one article in seven
constexpr uint32_t kMaxOrderUses = 3;  // a word used more often on a side says nothing about order

// The tokens of one word or of a few related ones.
struct Positions {
  uint32_t count = 0;  // may exceed kMaxOrderUses; then only the first tokens are kept
  std::array<uint32_t, kMaxOrderUses> tokens;
};

// For each key of the original, the tokens that may take part in the order.
class PositionsOfKeys {
 public:
  explicit PositionsOfKeys(size_t keys) : positions_(keys) {}

  void Add(uint32_t key, uint32_t token) {
    Positions& positions = positions_[key];
    if (positions.count < kMaxOrderUses) positions.tokens[positions.count] = token;
    ++positions.count;
  }

  // False, and nothing is appended, where there would be more than kMaxOrderUses.
  bool AppendTo(Positions& out, uint32_t key) const {
    const Positions& positions = positions_[key];
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
Positions FindPositions(uint32_t key, const PositionsOfKeys& of_original, std::span<const uint32_t> to_original,
                        const SynonymKeys* synonyms) {
  Positions found;
  bool few = true;
  if (to_original[key] != kNoKey) {
    few = of_original.AppendTo(found, to_original[key]);
  } else if (synonyms) {
    for (const uint32_t synonym : synonyms->Of(key)) few = few && of_original.AppendTo(found, synonym);
    std::sort(found.tokens.begin(), found.tokens.begin() + found.count);
  }
  return few ? found : Positions{};
}

// Independent reporters share facts, not their order. A random order of n words has an increasing subsequence of
// 2·sqrt(n) words (Vershik and Kerov 1977).
CommonOrder FindOrder(const PositionsOfKeys& of_original, const AnalyzedArticle& suspect,
                      std::span<const uint32_t> to_original, const SynonymKeys* synonyms) {
  IncreasingTails tails(suspect.keys.size());
  std::vector<uint32_t> uses(suspect.keys.size(), 0);
  size_t words = 0;
  for (uint32_t token = 0; token < suspect.size(); ++token) {
    if (!suspect.zones.Counts(token)) continue;
    const uint32_t key = suspect.key[token];
    const Positions at_original = FindPositions(key, of_original, to_original, synonyms);
    if (at_original.count == 0) continue;
    if (++uses[key] > kMaxOrderUses) continue;
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
                              std::span<const uint32_t> to_original, const SynonymKeys& synonyms) {
  assert(to_original.size() == suspect.keys.size());
  PositionsOfKeys uncommon(original.keys.size()), plain(original.keys.size());
  for (uint32_t token = 0; token < original.size(); ++token) {
    const uint32_t key = original.key[token];
    if (original.key_idf[key] < kUncommonIdf || !original.zones.Counts(token)) continue;
    uncommon.Add(key, token);
    if (!original.IsName(token) && !original.text.tokens[token].numeric) plain.Add(key, token);
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

}  // namespace unspin
