#include "unspin/align/find_passages.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

namespace unspin {
namespace {

constexpr uint32_t kShortestSentence = 3;  // words; a shorter one is joined to the next
constexpr size_t kMostSeeds = 200'000;     // bounds what hostile pairs can take; a book has a tenth of it

struct WeightedKey {
  uint32_t key;  // of the original's numbering, or kNoKey for words the other side lacks
  float weight;
};

// The sentences of one side as sparse weighted vectors.
struct Side {
  std::vector<TokenSpan> sentences;
  std::vector<uint32_t> offsets;  // sentence → keys
  std::vector<WeightedKey> keys;  // shared keys only
  std::vector<float> norms;
  std::vector<uint32_t> distinct;  // distinct words per sentence, shared or not

  std::span<const WeightedKey> Keys(uint32_t sentence) const {
    return {keys.data() + offsets[sentence], keys.data() + offsets[sentence + 1]};
  }
};

std::vector<TokenSpan> JoinShortSentences(const std::vector<TokenSpan>& sentences) {
  std::vector<TokenSpan> joined;
  joined.reserve(sentences.size());
  for (const TokenSpan sentence : sentences) {
    if (!joined.empty() && joined.back().size() < kShortestSentence) {
      joined.back().end = sentence.end;
    } else {
      joined.push_back(sentence);
    }
  }
  if (joined.size() > 1 && joined.back().size() < kShortestSentence) {
    joined[joined.size() - 2].end = joined.back().end;
    joined.pop_back();
  }
  return joined;
}

// Site furniture and notices stand on every page of a site: they neither seed a passage nor weigh in what is rare.
std::vector<TokenSpan> SentencesOfTheStory(const DescribedArticle& article) {
  std::vector<TokenSpan> sentences;
  sentences.reserve(article.text.sentences.size());
  for (const TokenSpan sentence : article.text.sentences) {
    const Zone zone = article.zones.of_token[sentence.begin];
    if (zone != Zone::kNavigation && zone != Zone::kNotice) sentences.push_back(sentence);
  }
  return sentences;
}

struct Seed {
  uint32_t suspect;
  uint32_t original;
  float cosine;
};

struct Cluster {
  std::vector<Seed> seeds;
  uint32_t suspect_begin, suspect_end, original_begin, original_end;  // sentences, half-open
  double similarity = 0;
};

class PassageFinder {
 public:
  PassageFinder(const DescribedArticle& original, const DescribedArticle& suspect)
      : original_(original), suspect_(suspect) {}

  std::vector<std::vector<TokenPassage>> Run(std::span<const PassageOptions> all) {
    std::vector<std::vector<TokenPassage>> passages(all.size());
    if (all.empty() || original_.size() == 0 || suspect_.size() == 0) return passages;
    Prepare();
    if (original_side_.sentences.empty() || suspect_side_.sentences.empty()) return passages;
    options_ = all[0];
    const std::vector<Seed> seeds = FindSeeds();
    if (seeds.empty()) return passages;
    for (size_t i = 0; i < all.size(); ++i) {
      options_ = all[i];
      std::vector<Cluster> clusters;
      Grow(seeds, clusters);
      passages[i] = Resolve(std::move(clusters));
    }
    return passages;
  }

 private:
  void Prepare() {
    original_side_.sentences = JoinShortSentences(SentencesOfTheStory(original_));
    suspect_side_.sentences = JoinShortSentences(SentencesOfTheStory(suspect_));
    // Numbering of the original's keys for both sides; words that only the suspect has are counted apart.
    to_original_ = JoinKeys(suspect_, original_);
    std::vector<uint32_t> shared(original_.keys.size(), 0);
    for (const uint32_t key : to_original_) {
      if (key != kNoKey) shared[key] = 1;
    }
    std::vector<uint32_t> original_frequency(original_.keys.size(), 0), suspect_frequency(suspect_.keys.size(), 0);
    CountSentences(original_, original_side_.sentences, original_frequency);
    CountSentences(suspect_, suspect_side_.sentences, suspect_frequency);
    const double sentences = static_cast<double>(original_side_.sentences.size() + suspect_side_.sentences.size());
    std::vector<float> original_weight(original_.keys.size()), suspect_weight(suspect_.keys.size());
    for (size_t key = 0; key < suspect_.keys.size(); ++key) {
      const uint32_t same = to_original_[key];
      if (same != kNoKey) original_frequency[same] += suspect_frequency[key];
    }
    // One more than there are sentences: in a text of one sentence no word would weigh anything.
    for (size_t key = 0; key < original_.keys.size(); ++key) {
      original_weight[key] = static_cast<float>(std::log((sentences + 1) / original_frequency[key]));
    }
    for (size_t key = 0; key < suspect_.keys.size(); ++key) {
      const uint32_t same = to_original_[key];
      suspect_weight[key] = same != kNoKey ? original_weight[same]
                                           : static_cast<float>(std::log((sentences + 1) / suspect_frequency[key]));
    }
    std::vector<uint32_t> identity(original_.keys.size());
    for (uint32_t key = 0; key < identity.size(); ++key) identity[key] = shared[key] ? key : kNoKey;
    MakeVectors(original_, identity, original_weight, original_side_);
    MakeVectors(suspect_, to_original_, suspect_weight, suspect_side_);
  }

  void CountSentences(const DescribedArticle& article, const std::vector<TokenSpan>& sentences,
                      std::vector<uint32_t>& frequency) {
    std::vector<uint32_t> last(article.keys.size(), 0xffffffffu);
    for (uint32_t s = 0; s < sentences.size(); ++s) {
      for (uint32_t token = sentences[s].begin; token < sentences[s].end; ++token) {
        const uint32_t key = article.key[token];
        if (last[key] == s) continue;
        last[key] = s;
        ++frequency[key];
      }
    }
  }

  void MakeVectors(const DescribedArticle& article, const std::vector<uint32_t>& number,
                   const std::vector<float>& weight, Side& side) {
    std::vector<uint32_t> counts(article.keys.size(), 0), used;
    side.offsets.push_back(0);
    for (const TokenSpan sentence : side.sentences) {
      used.clear();
      for (uint32_t token = sentence.begin; token < sentence.end; ++token) {
        if (counts[article.key[token]]++ == 0) used.push_back(article.key[token]);
      }
      double norm = 0;
      for (const uint32_t key : used) {
        const float value = static_cast<float>(counts[key]) * weight[key];
        norm += static_cast<double>(value) * value;
        if (number[key] != kNoKey) side.keys.push_back({number[key], value});
        counts[key] = 0;
      }
      side.norms.push_back(static_cast<float>(std::sqrt(norm)));
      side.distinct.push_back(static_cast<uint32_t>(used.size()));
      side.offsets.push_back(static_cast<uint32_t>(side.keys.size()));
    }
  }

  std::vector<Seed> FindSeeds() {
    // Postings of the original: key → sentences with their weights.
    const auto sentences = static_cast<uint32_t>(original_side_.sentences.size());
    std::vector<uint32_t> begins(original_.keys.size() + 1, 0);
    for (const WeightedKey& entry : original_side_.keys) ++begins[entry.key + 1];
    for (size_t key = 1; key < begins.size(); ++key) begins[key] += begins[key - 1];
    std::vector<std::pair<uint32_t, float>> postings(original_side_.keys.size());
    std::vector<uint32_t> next(begins.begin(), begins.end() - 1);
    for (uint32_t s = 0; s < sentences; ++s) {
      for (const WeightedKey& entry : original_side_.Keys(s)) postings[next[entry.key]++] = {s, entry.weight};
    }
    std::vector<Seed> seeds, seeds_of_sentence;
    struct Sum {
      float dot = 0;
      uint32_t common = 0;
    };
    std::vector<Sum> sums(sentences);
    std::vector<uint32_t> touched;
    for (uint32_t i = 0; i < suspect_side_.sentences.size() && seeds.size() < kMostSeeds; ++i) {
      touched.clear();
      for (const WeightedKey& entry : suspect_side_.Keys(i)) {
        for (uint32_t p = begins[entry.key]; p < begins[entry.key + 1]; ++p) {
          const auto [j, weight] = postings[p];
          if (sums[j].common++ == 0) touched.push_back(j);
          sums[j].dot += entry.weight * weight;
        }
      }
      seeds_of_sentence.clear();
      for (const uint32_t j : touched) {
        const auto [dot, common] = std::exchange(sums[j], {});
        const double dice = 2.0 * common / (suspect_side_.distinct[i] + original_side_.distinct[j]);
        if (dice <= options_.seed_dice) continue;
        const double norms = static_cast<double>(suspect_side_.norms[i]) * original_side_.norms[j];
        if (norms > 0 && dot > options_.seed_cosine * norms)
          seeds_of_sentence.push_back({i, j, static_cast<float>(dot / norms)});
      }
      std::sort(seeds_of_sentence.begin(), seeds_of_sentence.end(),
                [](const Seed& a, const Seed& b) { return a.original < b.original; });
      seeds.insert(seeds.end(), seeds_of_sentence.begin(), seeds_of_sentence.end());
    }
    return seeds;
  }

  // Splits seeds wherever more than `gap` sentences lie between neighbours, on one side and then on the other, until
  // neither side splits any more; then accepts the cluster, or tries again with a smaller gap.
  void Grow(std::vector<Seed> seeds, std::vector<Cluster>& out) {
    std::vector<std::pair<std::vector<Seed>, uint32_t>> open;  // seeds, and by how much their gaps are narrowed
    open.emplace_back(std::move(seeds), 0);
    const uint32_t widest = std::max(options_.gap, options_.original_gap);
    while (!open.empty()) {
      auto [group, narrowed] = std::move(open.back());
      open.pop_back();
      std::vector<std::vector<Seed>> parts = Split(std::move(group), narrowed);
      if (parts.size() > 1) {
        for (auto& part : parts) open.emplace_back(std::move(part), narrowed);
        continue;
      }
      Cluster cluster = Measure(std::move(parts[0]));
      if (cluster.similarity > options_.whole_cosine) {
        out.push_back(std::move(cluster));
      } else if (narrowed < widest) {
        open.emplace_back(std::move(cluster.seeds), narrowed + 1);
      }
    }
  }

  std::vector<std::vector<Seed>> Split(std::vector<Seed> seeds, uint32_t narrowed) const {
    for (const auto side : {&Seed::suspect, &Seed::original}) {
      const uint32_t widest = side == &Seed::suspect ? options_.gap : options_.original_gap;
      const uint32_t gap = widest - std::min(widest, narrowed);
      std::sort(seeds.begin(), seeds.end(), [side](const Seed& a, const Seed& b) {
        return a.*side != b.*side       ? a.*side < b.*side
               : a.suspect != b.suspect ? a.suspect < b.suspect
                                        : a.original < b.original;
      });
      std::vector<std::vector<Seed>> parts(1);
      for (const Seed& seed : seeds) {
        if (!parts.back().empty() && seed.*side > parts.back().back().*side + gap + 1) parts.emplace_back();
        parts.back().push_back(seed);
      }
      if (parts.size() > 1) return parts;
    }
    std::vector<std::vector<Seed>> whole;
    whole.push_back(std::move(seeds));
    return whole;
  }

  Cluster Measure(std::vector<Seed> seeds) {
    Cluster cluster{std::move(seeds), 0xffffffffu, 0, 0xffffffffu, 0, 0};
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
    passage.original = {original_side_.sentences[cluster.original_begin].begin,
                        original_side_.sentences[cluster.original_end - 1].end};
    passage.suspect = {suspect_side_.sentences[cluster.suspect_begin].begin,
                       suspect_side_.sentences[cluster.suspect_end - 1].end};
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
  std::vector<TokenPassage> Resolve(std::vector<Cluster> clusters) {
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

  const DescribedArticle& original_;
  const DescribedArticle& suspect_;
  PassageOptions options_;
  Side original_side_, suspect_side_;
  std::vector<uint32_t> to_original_;
  std::vector<float> sums_, others_;
  std::vector<uint8_t> marks_;
};

}  // namespace

std::vector<TokenPassage> FindPassages(const DescribedArticle& original, const DescribedArticle& suspect,
                                       const PassageOptions& options) {
  return FindPassages(original, suspect, std::span(&options, 1)).front();
}

std::vector<std::vector<TokenPassage>> FindPassages(const DescribedArticle& original, const DescribedArticle& suspect,
                                                    std::span<const PassageOptions> options) {
  return PassageFinder(original, suspect).Run(options);
}

}  // namespace unspin
