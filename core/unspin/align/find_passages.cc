#include "unspin/align/find_passages.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <span>
#include <utility>

#include "unspin/kernels/weighted_row_sums.h"

namespace unspin {
namespace {

constexpr size_t kMaxSeeds = 200'000;  // bounds what hostile pairs can take; a book has a tenth of it

struct WeightedKey {
  uint32_t key;  // of the original's numbering
  float weight;
};

// The sentences of one side as sparse weighted vectors.
struct Side {
  std::vector<uint32_t> offsets;  // sentence → keys
  std::vector<WeightedKey> keys;  // shared keys only
  std::vector<float> norms;       // of shared keys and others

  std::span<const WeightedKey> Keys(uint32_t sentence) const {
    return {keys.data() + offsets[sentence], keys.data() + offsets[sentence + 1]};
  }
};

// Some hundred sentences of the original, side by side: of each of their keys the weights, one for each sentence. The
// sentences without the key have 0, which changes no sum: to pass over them would take longer than to add it.
class Rows {
 public:
  static constexpr uint32_t kMax = 512;  // sentences

  // Lays `count` sentences from `first` on. `keys`: how many the numbering of the side's keys has.
  void Lay(const Side& side, uint32_t first, uint32_t count, size_t keys) {
    columns_ = (count + kColumnsAtOnce - 1) / kColumnsAtOnce * kColumnsAtOnce;
    places_.assign(keys, kNoKey);
    const auto begin = side.keys.begin() + side.offsets[first], end = side.keys.begin() + side.offsets[first + count];
    uint32_t rows = 0;
    for (auto entry = begin; entry != end; ++entry) {
      uint32_t& place = places_[entry->key];
      if (place == kNoKey) place = static_cast<uint32_t>(rows++ * columns_);
    }
    weights_.assign(rows * columns_, 0);
    for (uint32_t column = 0; column < count; ++column) {
      for (const auto& [key, weight] : side.Keys(first + column)) weights_[places_[key] + column] = weight;
    }
  }

  size_t columns() const { return columns_; }
  // Null where no sentence has the key.
  const float* Of(uint32_t key) const { return places_[key] == kNoKey ? nullptr : weights_.data() + places_[key]; }

 private:
  size_t columns_ = 0;
  std::vector<uint32_t> places_;
  std::vector<float> weights_;
};

struct Seed {
  uint32_t suspect;
  uint32_t original;
  float cosine;
};

struct Cluster {
  std::span<const Seed> seeds;
  uint32_t suspect_begin, suspect_end, original_begin, original_end;  // sentences, half-open
  double similarity = 0;
};

class PassageFinder {
 public:
  PassageFinder(const AnalyzedArticle& original, const AnalyzedArticle& suspect,
                const std::vector<uint32_t>& to_original)
      : original_(original), suspect_(suspect), to_original_(to_original) {}

  std::vector<std::vector<TokenPassage>> Run(std::span<const PassageOptions> all) {
    std::vector<std::vector<TokenPassage>> passages(all.size());
    if (all.empty() || original_.story.sentences.empty() || suspect_.story.sentences.empty()) return passages;
    Prepare();
    options_ = all[0];
    const std::vector<Seed> seeds = FindSeeds();
    if (seeds.empty()) return passages;
    for (size_t i = 0; i < all.size(); ++i) {
      options_ = all[i];
      std::vector<Seed> ordered = seeds;
      passages[i] = Resolve(Grow(ordered));
    }
    return passages;
  }

 private:
  // The numbering of the original's keys holds for both sides.
  void Prepare() {
    std::vector<uint32_t> identity(original_.keys.size(), kNoKey);  // of shared keys
    std::vector<uint32_t> original_frequency = original_.story.sentences_with,
                          suspect_frequency = suspect_.story.sentences_with;
    for (size_t key = 0; key < suspect_.keys.size(); ++key) {
      const uint32_t same = to_original_[key];
      if (same == kNoKey) continue;
      identity[same] = same;
      suspect_frequency[key] = original_frequency[same] += suspect_frequency[key];
    }
    const std::vector<float> weights = WeightsByFrequency();
    original_side_ = WeighSentences(original_.story, identity, original_frequency, weights);
    suspect_side_ = WeighSentences(suspect_.story, to_original_, suspect_frequency, weights);
  }

  // What a key weighs that stands in so many sentences of both sides.
  std::vector<float> WeightsByFrequency() const {
    const size_t sentences = original_.story.sentences.size() + suspect_.story.sentences.size();
    std::vector<float> weights(sentences + 1, 0);
    // One more than there are sentences: in a text of one sentence no word would weigh anything.
    for (size_t frequency = 1; frequency <= sentences; ++frequency)
      weights[frequency] =
          static_cast<float>(std::log((static_cast<double>(sentences) + 1) / static_cast<double>(frequency)));
    return weights;
  }

  // `number`: of each key in the original, or kNoKey.
  static Side WeighSentences(const BodySentences& story, const std::vector<uint32_t>& number,
                             const std::vector<uint32_t>& frequency, const std::vector<float>& weights) {
    Side side;
    side.offsets.reserve(story.sentences.size() + 1);
    side.norms.reserve(story.sentences.size());
    side.keys.resize(story.counts.size());
    side.offsets.push_back(0);
    // Each key is written, and stays where it is shared: which ones are is as good as chance.
    WeightedKey* end = side.keys.data();
    for (size_t sentence = 0; sentence < story.sentences.size(); ++sentence) {
      double norm = 0;
      for (const auto& [key, count] : story.CountsOf(sentence)) {
        const float weight = count * weights[frequency[key]];
        norm += static_cast<double>(weight) * weight;
        *end = {number[key], weight};
        end += number[key] != kNoKey;
      }
      side.norms.push_back(static_cast<float>(std::sqrt(norm)));
      side.offsets.push_back(static_cast<uint32_t>(end - side.keys.data()));
    }
    side.keys.resize(side.offsets.back());
    return side;
  }

  std::vector<Seed> FindSeeds() {
    const auto sentences = static_cast<uint32_t>(original_.story.sentences.size());
    Rows rows;
    std::vector<Seed> seeds;
    std::vector<uint32_t> stamps(original_.keys.size(), kNoKey);  // the last sentence of the suspect that has a key
    for (uint32_t first = 0; first < sentences; first += Rows::kMax) {
      rows.Lay(original_side_, first, std::min(Rows::kMax, sentences - first), original_.keys.size());
      FindSeedsAmong(rows, first, stamps, seeds);
    }
    if (sentences <= Rows::kMax) return seeds;
    std::sort(seeds.begin(), seeds.end(), [](const Seed& a, const Seed& b) {
      return a.suspect != b.suspect ? a.suspect < b.suspect : a.original < b.original;
    });
    // All of the last sentence, or none.
    size_t end = std::min(seeds.size(), kMaxSeeds);
    while (end > 0 && end < seeds.size() && seeds[end].suspect == seeds[end - 1].suspect) ++end;
    seeds.resize(end);
    return seeds;
  }

  // Those of the sentences from `first` on, which the rows are of.
  void FindSeedsAmong(const Rows& rows, uint32_t first, std::vector<uint32_t>& stamps, std::vector<Seed>& seeds) const {
    std::vector<WeighedRow> shared;
    std::vector<float> sums(rows.columns()), norms(original_side_.norms.begin() + first, original_side_.norms.end());
    norms.resize(rows.columns(), std::numeric_limits<float>::max());  // no sum comes near
    std::vector<uint32_t> near(rows.columns());
    const size_t known = seeds.size();
    for (uint32_t i = 0; i < suspect_.story.sentences.size() && seeds.size() < known + kMaxSeeds; ++i) {
      shared.clear();
      for (const WeightedKey& entry : suspect_side_.Keys(i)) {
        if (const float* row = rows.Of(entry.key)) shared.push_back({row, entry.weight});
        stamps[entry.key] = i;
      }
      if (shared.empty()) continue;
      // Few sentences come near: most are ruled out by rounded numbers, a little below the limit.
      const float norm = suspect_side_.norms[i], scale = 0.999f * static_cast<float>(options_.seed_cosine) * norm;
      const size_t count = WeightedRowSums(shared, norms, scale, sums, near);
      for (size_t k = 0; k < count; ++k) {
        const uint32_t column = near[k];
        const double both = static_cast<double>(norm) * norms[column];
        if (sums[column] > options_.seed_cosine * both && both > 0 && ShareWords(i, first + column, stamps))
          seeds.push_back({i, first + column, static_cast<float>(sums[column] / both)});
      }
    }
  }

  // Whether two sentences have enough distinct words in common. `stamps`: i for the suspect's.
  bool ShareWords(uint32_t i, uint32_t j, const std::vector<uint32_t>& stamps) const {
    uint32_t common = 0;
    for (const WeightedKey& entry : original_side_.Keys(j)) common += stamps[entry.key] == i;
    const size_t distinct = suspect_.story.CountsOf(i).size() + original_.story.CountsOf(j).size();
    return 2.0 * common / static_cast<double>(distinct) > options_.seed_dice;
  }

  struct Group {
    std::span<Seed> seeds;
    uint32_t narrowed;  // by so much are its gaps
  };

  // Splits seeds wherever more than `gap` sentences lie between neighbours, on one side and then on the other, until
  // neither side splits any more; then accepts the cluster, or tries again with a smaller gap. Orders `seeds` anew.
  std::vector<Cluster> Grow(std::span<Seed> seeds) {
    std::vector<Cluster> clusters;
    std::vector<Group> open = {{seeds, 0}};
    while (!open.empty()) {
      const Group group = open.back();
      open.pop_back();
      const std::optional<uint32_t> narrower = Split(group, open);
      if (narrower == group.narrowed) continue;
      const Cluster cluster = Measure(group.seeds);
      if (cluster.similarity > options_.whole_cosine) {
        clusters.push_back(cluster);
      } else if (narrower) {
        open.push_back({group.seeds, *narrower});
      }
    }
    return clusters;
  }

  // Adds the parts to `open`. Returns by how much gaps have to be narrowed for the group to split: by so much as they
  // are where it did, and none where it never will.
  std::optional<uint32_t> Split(const Group& group, std::vector<Group>& open) const {
    const auto [seeds, narrowed] = group;
    std::optional<uint32_t> narrower;
    for (const auto side : {&Seed::suspect, &Seed::original}) {
      const uint32_t widest = side == &Seed::suspect ? options_.gap : options_.original_gap;
      const uint32_t gap = widest - std::min(widest, narrowed);
      std::sort(seeds.begin(), seeds.end(), [side](const Seed& a, const Seed& b) {
        return a.*side != b.*side       ? a.*side < b.*side
               : a.suspect != b.suspect ? a.suspect < b.suspect
                                        : a.original < b.original;
      });
      size_t begin = 0;
      uint32_t farthest = 0;
      for (size_t i = 1; i < seeds.size(); ++i) {
        const uint32_t apart = seeds[i].*side - seeds[i - 1].*side;
        farthest = std::max(farthest, apart);
        if (apart <= gap + 1) continue;
        open.push_back({seeds.subspan(begin, i - begin), narrowed});
        begin = i;
      }
      if (begin > 0) {
        open.push_back({seeds.subspan(begin), narrowed});
        return narrowed;
      }
      if (farthest > 1) narrower = std::min(narrower.value_or(widest), widest + 2 - farthest);
    }
    return narrower;
  }

  Cluster Measure(std::span<const Seed> seeds) {
    Cluster cluster{seeds, 0xffffffffu, 0, 0xffffffffu, 0, 0};
    for (const Seed& seed : cluster.seeds) {
      cluster.suspect_begin = std::min(cluster.suspect_begin, seed.suspect);
      cluster.suspect_end = std::max(cluster.suspect_end, seed.suspect + 1);
      cluster.original_begin = std::min(cluster.original_begin, seed.original);
      cluster.original_end = std::max(cluster.original_end, seed.original + 1);
    }
    cluster.similarity =
        Cosine(cluster.suspect_begin, cluster.suspect_end, cluster.original_begin, cluster.original_end);
    return cluster;
  }

  // Cosine of the summed vectors of two runs of sentences.
  double Cosine(uint32_t suspect_begin, uint32_t suspect_end, uint32_t original_begin, uint32_t original_end) {
    sums_.resize(original_.keys.size(), 0);
    double suspect_norm = 0, original_norm = 0, dot = 0;
    // Words the other side lacks enter the norms as if they stood in one sentence each: close, and linear.
    for (uint32_t s = suspect_begin; s < suspect_end; ++s) {
      suspect_norm += static_cast<double>(suspect_side_.norms[s]) * suspect_side_.norms[s];
      for (const WeightedKey& entry : suspect_side_.Keys(s)) {
        suspect_norm += 2.0 * sums_[entry.key] * entry.weight;
        sums_[entry.key] += entry.weight;
      }
    }
    others_.resize(original_.keys.size(), 0);
    for (uint32_t s = original_begin; s < original_end; ++s) {
      original_norm += static_cast<double>(original_side_.norms[s]) * original_side_.norms[s];
      for (const WeightedKey& entry : original_side_.Keys(s)) {
        original_norm += 2.0 * others_[entry.key] * entry.weight;
        others_[entry.key] += entry.weight;
        dot += static_cast<double>(entry.weight) * sums_[entry.key];
      }
    }
    for (uint32_t s = suspect_begin; s < suspect_end; ++s) {
      for (const WeightedKey& entry : suspect_side_.Keys(s)) sums_[entry.key] = 0;
    }
    for (uint32_t s = original_begin; s < original_end; ++s) {
      for (const WeightedKey& entry : original_side_.Keys(s)) others_[entry.key] = 0;
    }
    const double norms = std::sqrt(suspect_norm * original_norm);
    return norms > 0 ? dot / norms : 0;
  }

  TokenPassage Passage(const Cluster& cluster) const {
    const std::vector<uint32_t> places = BestCounterparts(cluster);
    TokenPassage passage;
    passage.original = {original_.story.sentences[cluster.original_begin].begin,
                        original_.story.sentences[cluster.original_end - 1].end};
    passage.suspect = {suspect_.story.sentences[cluster.suspect_begin].begin,
                       suspect_.story.sentences[cluster.suspect_end - 1].end};
    passage.similarity = cluster.similarity;
    passage.sentences = cluster.suspect_end - cluster.suspect_begin;
    passage.seeded = static_cast<double>(places.size()) / passage.sentences;
    const size_t cut = places.size() / 10;  // stray ones at either end do not count
    passage.spread =
        static_cast<double>(places[places.size() - 1 - cut] - places[cut] + 1) / static_cast<double>(places.size());
    return passage;
  }

  // For each sentence of the suspect that has one, the sentence of the original most like it; ascending.
  static std::vector<uint32_t> BestCounterparts(const Cluster& cluster) {
    std::vector<std::pair<float, uint32_t>> best(cluster.suspect_end - cluster.suspect_begin, {0.0f, kNoKey});
    for (const Seed& seed : cluster.seeds) {
      auto& [cosine, place] = best[seed.suspect - cluster.suspect_begin];
      if (seed.cosine <= cosine) continue;
      cosine = seed.cosine;
      place = seed.original;
    }
    std::vector<uint32_t> places;
    for (const auto& [cosine, place] : best) {
      if (place != kNoKey) places.push_back(place);
    }
    std::sort(places.begin(), places.end());
    return places;
  }

  // Words that both sides share and that are neither names nor function words: titles of institutions alone prove
  // nothing.
  uint32_t PlainWordsShared(const TokenPassage& passage) {
    marks_.assign(original_.keys.size(), 0);
    for (uint32_t token = passage.original.begin; token < passage.original.end; ++token) {
      if (original_.IsPlain(token)) marks_[original_.key[token]] = 1;
    }
    uint32_t shared = 0;
    for (uint32_t token = passage.suspect.begin; token < passage.suspect.end; ++token) {
      const uint32_t key = to_original_[suspect_.key[token]];
      if (key == kNoKey || marks_[key] != 1 || !suspect_.IsPlain(token)) continue;
      marks_[key] = 2;
      ++shared;
    }
    return shared;
  }

  // Where passages overlap in the suspect, the one that resembles its original more stays.
  std::vector<TokenPassage> Resolve(const std::vector<Cluster>& clusters) {
    std::vector<TokenPassage> passages;
    for (const Cluster& cluster : clusters) {
      TokenPassage passage = Passage(cluster);
      if (cluster.seeds.size() == 1 && PlainWordsShared(passage) < options_.least_plain_words) continue;
      if (suspect_.text.Bytes(passage.suspect).size() < options_.least_bytes) continue;
      if (original_.text.Bytes(passage.original).size() < options_.least_bytes) continue;
      passages.push_back(passage);
    }
    std::sort(passages.begin(), passages.end(), [](const TokenPassage& a, const TokenPassage& b) {
      if (a.similarity != b.similarity) return a.similarity > b.similarity;
      if (a.suspect != b.suspect) return a.suspect < b.suspect;
      return a.original < b.original;
    });
    std::vector<TokenPassage> kept;
    for (const TokenPassage& passage : passages) {
      const bool free = std::none_of(kept.begin(), kept.end(), [&](const TokenPassage& other) {
        return Overlap(passage.suspect, other.suspect) > 0;
      });
      if (free) kept.push_back(passage);
    }
    std::sort(kept.begin(), kept.end(),
              [](const TokenPassage& a, const TokenPassage& b) { return a.suspect < b.suspect; });
    return kept;
  }

  const AnalyzedArticle& original_;
  const AnalyzedArticle& suspect_;
  PassageOptions options_;
  const std::vector<uint32_t>& to_original_;
  Side original_side_, suspect_side_;
  std::vector<float> sums_, others_;
  std::vector<uint8_t> marks_;
};

}  // namespace

std::vector<TokenPassage> FindPassages(const AnalyzedArticle& original, const AnalyzedArticle& suspect,
                                       const PassageOptions& options) {
  return FindPassages(original, suspect, JoinKeys(suspect, original), std::span(&options, 1)).front();
}

std::vector<std::vector<TokenPassage>> FindPassages(const AnalyzedArticle& original, const AnalyzedArticle& suspect,
                                                    const std::vector<uint32_t>& to_original,
                                                    std::span<const PassageOptions> options) {
  return PassageFinder(original, suspect, to_original).Run(options);
}

}  // namespace unspin
