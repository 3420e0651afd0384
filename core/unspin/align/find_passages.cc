#include "unspin/align/find_passages.h"

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "unspin/align/cluster_seeds.h"
#include "unspin/align/find_seeds.h"
#include "unspin/align/sentence_vectors.h"

namespace unspin {
namespace {

constexpr uint32_t kNoSentence = 0xffffffffu;
constexpr size_t kStrayOneIn = 10;  // counterparts: this share at either end does not widen the spread

// For each sentence of the suspect that has a seed, the most similar sentence of the original; ascending.
std::vector<uint32_t> BestCounterparts(const SeedCluster& cluster) {
  std::vector<std::pair<float, uint32_t>> best(cluster.suspect.size(), {0.0f, kNoSentence});
  for (const Seed& seed : cluster.seeds) {
    auto& [cosine, sentence] = best[seed.suspect - cluster.suspect.begin];
    if (seed.cosine <= cosine) continue;
    cosine = seed.cosine;
    sentence = seed.original;
  }
  std::vector<uint32_t> counterparts;
  for (const auto& [cosine, sentence] : best) {
    if (sentence != kNoSentence) counterparts.push_back(sentence);
  }
  std::sort(counterparts.begin(), counterparts.end());
  return counterparts;
}

TokenSpan TokensOf(const BodySentences& body, SentenceSpan span) {
  return {body.sentences[span.begin].begin, body.sentences[span.end - 1].end};
}

TokenPassage PassageOf(const AnalyzedPair& pair, const SeedCluster& cluster) {
  const std::vector<uint32_t> counterparts = BestCounterparts(cluster);
  const auto count = static_cast<double>(counterparts.size());
  const size_t stray = counterparts.size() / kStrayOneIn;
  TokenPassage passage;
  passage.original = TokensOf(pair.original.body, cluster.original);
  passage.suspect = TokensOf(pair.suspect.body, cluster.suspect);
  passage.similarity = cluster.cosine;
  passage.sentences = cluster.suspect.size();
  passage.seeded = count / passage.sentences;
  passage.spread = (counterparts[counterparts.size() - 1 - stray] - counterparts[stray] + 1) / count;
  return passage;
}

// Distinct stems of plain words that both sides share. Names and function words prove nothing by themselves: two
// articles on one institution share its title.
uint32_t CountSharedPlainWords(const AnalyzedPair& pair, const TokenPassage& passage) {
  enum class Mark : uint8_t { kAbsent, kInOriginal, kCounted };
  std::vector<Mark> marks(pair.original.stems.size(), Mark::kAbsent);
  for (uint32_t token = passage.original.begin; token < passage.original.end; ++token) {
    if (pair.original.IsPlain(token)) marks[pair.OriginalStem(token)] = Mark::kInOriginal;
  }
  uint32_t shared = 0;
  for (uint32_t token = passage.suspect.begin; token < passage.suspect.end; ++token) {
    const uint32_t stem = pair.SuspectStem(token);
    if (stem == kNoStem || marks[stem] != Mark::kInOriginal || !pair.suspect.IsPlain(token)) continue;
    marks[stem] = Mark::kCounted;
    ++shared;
  }
  return shared;
}

std::vector<TokenPassage> WithoutOverlaps(std::vector<TokenPassage> passages) {
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

std::vector<TokenPassage> PassagesOf(const AnalyzedPair& pair, const std::vector<SeedCluster>& clusters,
                                     const PassageOptions& options) {
  std::vector<TokenPassage> passages;
  for (const SeedCluster& cluster : clusters) {
    const TokenPassage passage = PassageOf(pair, cluster);
    if (cluster.seeds.size() == 1 && CountSharedPlainWords(pair, passage) < options.min_plain_words) continue;
    if (pair.suspect.text.Bytes(passage.suspect).size() < options.min_bytes) continue;
    if (pair.original.text.Bytes(passage.original).size() < options.min_bytes) continue;
    passages.push_back(passage);
  }
  return WithoutOverlaps(std::move(passages));
}

}  // namespace

std::vector<TokenPassage> FindPassages(const AnalyzedPair& pair, const PassageOptions& options) {
  return FindSeededPassages(pair, options).passages;
}

SeededPassages FindSeededPassages(const AnalyzedPair& pair, const PassageOptions& options) {
  if (pair.original.body.sentences.empty() || pair.suspect.body.sentences.empty()) return {};
  const SentenceVectorPair vectors = MakeSentenceVectors(pair);
  SeededPassages found;
  found.seeds = FindSeeds(pair, vectors, options.seed_cosine, options.seed_dice);
  std::vector<Seed> ordered = found.seeds;
  found.passages = PassagesOf(pair, ClusterSeeds(ordered, vectors, pair.original.stems.size(), options), options);
  return found;
}

std::vector<std::vector<TokenPassage>> FindPassages(const AnalyzedPair& pair, std::span<const PassageOptions> options) {
  assert(std::all_of(options.begin(), options.end(), [&](const PassageOptions& other) {
    return other.seed_cosine == options.front().seed_cosine && other.seed_dice == options.front().seed_dice;
  }));
  std::vector<std::vector<TokenPassage>> passages(options.size());
  if (options.empty() || pair.original.body.sentences.empty() || pair.suspect.body.sentences.empty()) return passages;
  const SentenceVectorPair vectors = MakeSentenceVectors(pair);
  const std::vector<Seed> seeds = FindSeeds(pair, vectors, options.front().seed_cosine, options.front().seed_dice);
  for (size_t i = 0; i < options.size(); ++i) {
    std::vector<Seed> ordered = seeds;
    passages[i] = PassagesOf(pair, ClusterSeeds(ordered, vectors, pair.original.stems.size(), options[i]), options[i]);
  }
  return passages;
}

}  // namespace unspin
