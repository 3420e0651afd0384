// Comparing: sketches, exact sets, lists of the index, and the cells of an alignment, each beside its ceiling.

#include <algorithm>
#include <cmath>
#include <iterator>
#include <random>

#include "kernels/ceilings.h"
#include "kernels/inputs.h"
#include "reference/chain_reference.h"
#include "unspin/align/chain_scores.h"
#include "unspin/base/hash.h"
#include "unspin/base/strings.h"
#include "unspin/base/varint.h"
#include "unspin/index/candidate_search.h"
#include "unspin/index/index_builder.h"
#include "unspin/index/index_reader.h"
#include "unspin/kernels/chain_words.h"
#include "unspin/kernels/count_common.h"
#include "unspin/kernels/fill_sketch.h"
#include "unspin/sketch/sketch.h"

namespace unspin::bench {
namespace {

benchmark::Counter Rate(const benchmark::State& state, double for_each_iteration) {
  return {for_each_iteration * static_cast<double>(state.iterations()), benchmark::Counter::kIsRate};
}

// ---------------------------------------------------------------- one sketch against many

// 32 of them stay in the first-level cache, 262,144 are 134 MB.
std::vector<uint32_t> MadeComponents(size_t sketches) {
  std::mt19937 random(21);
  std::vector<uint32_t> components(sketches * kSketchSize);
  for (uint32_t& component : components) component = random() % 8;
  return components;
}

template <typename Compare>
void CompareSketches(benchmark::State& state, const Compare& compare) {
  const auto many = MadeComponents(static_cast<size_t>(state.range(0)));
  const std::vector<uint32_t> one(many.begin(), many.begin() + kSketchSize);
  size_t plain = 0;
  for (size_t i = 0; i < many.size(); ++i) plain += many[i] == one[i % kSketchSize];
  if (!Verify(state, compare(one, many) == plain, "equal components are miscounted")) return;
  for (auto _ : state) benchmark::DoNotOptimize(compare(one, many));
  state.counters["sketch_bytes"] = Rate(state, static_cast<double>(many.size() * sizeof(uint32_t)));
  state.counters["sketches"] = Rate(state, static_cast<double>(state.range(0)));
}

void CompareByKernel(benchmark::State& state) {
  CompareSketches(state, [](const std::vector<uint32_t>& one, const std::vector<uint32_t>& many) {
    size_t equal = 0;
    for (size_t at = 0; at < many.size(); at += kSketchSize)
      equal +=
          CountEqualComponents(std::span(one).first<kSketchSize>(), std::span(many).subspan(at).first<kSketchSize>());
    return equal;
  });
}
BENCHMARK(CompareByKernel)->Name("compare-sketches")->Arg(32)->Arg(1 << 18)->Unit(benchmark::kMicrosecond);

void CompareByStreaming(benchmark::State& state) {
  CompareSketches(state, [](const std::vector<uint32_t>& one, const std::vector<uint32_t>& many) {
    return CompareStreaming(one, many);
  });
}
BENCHMARK(CompareByStreaming)->Name("ceiling/compare-sketches")->Arg(32)->Arg(1 << 18)->Unit(benchmark::kMicrosecond);

void ReadSketches(benchmark::State& state) {
  const auto many = MadeComponents(static_cast<size_t>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(ReadNumbers(many));
  state.counters["sketch_bytes"] = Rate(state, static_cast<double>(many.size() * sizeof(uint32_t)));
}
BENCHMARK(ReadSketches)->Name("ceiling/read-sketches")->Arg(32)->Arg(1 << 18)->Unit(benchmark::kMicrosecond);

// ---------------------------------------------------------------- exact sets

struct SetPair {
  std::vector<uint32_t> a, b;  // ascending, distinct
  size_t common = 0;
};

// Pairs of sets made from n elements, of which each side lacks `lacking` per cent; so many pairs that the branch
// predictor cannot learn them.
std::vector<SetPair> MadeSets(size_t n, uint32_t lacking) {
  std::mt19937 random(static_cast<uint32_t>(n));
  std::vector<SetPair> pairs(200'000 / n);
  for (SetPair& pair : pairs) {
    for (size_t i = 0; i < n; ++i) {
      const uint32_t element = random();
      const uint32_t fate = random() % 100;
      if (fate < 100 - lacking) pair.a.push_back(element);
      if (fate >= lacking) pair.b.push_back(element);
    }
    for (std::vector<uint32_t>* set : {&pair.a, &pair.b}) {
      std::sort(set->begin(), set->end());
      set->erase(std::unique(set->begin(), set->end()), set->end());
    }
    std::vector<uint32_t> common;
    std::set_intersection(pair.a.begin(), pair.a.end(), pair.b.begin(), pair.b.end(), std::back_inserter(common));
    pair.common = common.size();
  }
  return pairs;
}

size_t CountByKernel(std::span<const uint32_t> a, std::span<const uint32_t> b) { return CountCommon(a, b); }

double Jaccard(const SetPair& pair, size_t common) {
  return static_cast<double>(common) / static_cast<double>(pair.a.size() + pair.b.size() - common);
}
double Containment(const SetPair& pair, size_t common) {
  return static_cast<double>(common) / static_cast<double>(std::min(pair.a.size(), pair.b.size()));
}

// Sets that share as much as near-duplicates, some above the threshold of 0.8.
std::vector<SetPair> NearSets(size_t n) { return MadeSets(n, 6); }

template <typename Count, typename Measure>
void CompareSets(benchmark::State& state, const Count& count, const Measure& measure) {
  const auto pairs = NearSets(static_cast<size_t>(state.range(0)));
  size_t numbers = 0;
  for (const SetPair& pair : pairs) {
    if (!Verify(state, count(pair.a, pair.b) == pair.common, "shared elements are miscounted")) return;
    numbers += pair.a.size() + pair.b.size();
  }
  for (auto _ : state) {
    double sum = 0;
    for (const SetPair& pair : pairs) sum += measure(pair, count(pair.a, pair.b));
    benchmark::DoNotOptimize(sum);
  }
  state.SetItemsProcessed(state.iterations() * static_cast<int64_t>(pairs.size()));
  state.counters["set_bytes"] = Rate(state, static_cast<double>(numbers * sizeof(uint32_t)));
}

void JaccardOfSets(benchmark::State& state) { CompareSets(state, CountByKernel, Jaccard); }
BENCHMARK(JaccardOfSets)->Name("jaccard")->Arg(250)->Arg(2000)->Unit(benchmark::kMicrosecond);

void ContainmentOfSets(benchmark::State& state) { CompareSets(state, CountByKernel, Containment); }
BENCHMARK(ContainmentOfSets)->Name("containment")->Arg(250)->Arg(2000)->Unit(benchmark::kMicrosecond);

// Pairs that cannot reach the threshold of 0.8: counting stops, as in dedup, once that is certain.
void JaccardOfUnlikeSets(benchmark::State& state) {
  const auto pairs = MadeSets(static_cast<size_t>(state.range(0)), 30);
  size_t numbers = 0;
  const auto count = [](const SetPair& pair) {
    return CountCommon(pair.a, pair.b, (pair.a.size() + pair.b.size()) * 4 / 9);
  };
  for (const SetPair& pair : pairs) {
    if (!Verify(state, count(pair) == 0, "a pair below the threshold is counted")) return;
    numbers += pair.a.size() + pair.b.size();
  }
  for (auto _ : state) {
    for (const SetPair& pair : pairs) benchmark::DoNotOptimize(count(pair));
  }
  state.SetItemsProcessed(state.iterations() * static_cast<int64_t>(pairs.size()));
  state.counters["set_bytes"] = Rate(state, static_cast<double>(numbers * sizeof(uint32_t)));
}
BENCHMARK(JaccardOfUnlikeSets)->Name("jaccard-unlike")->Arg(250)->Arg(2000)->Unit(benchmark::kMicrosecond);

void ReadSets(benchmark::State& state) {
  const auto pairs = NearSets(static_cast<size_t>(state.range(0)));
  size_t numbers = 0;
  for (const SetPair& pair : pairs) numbers += pair.a.size() + pair.b.size();
  for (auto _ : state) {
    for (const SetPair& pair : pairs) benchmark::DoNotOptimize(ReadNumbers(pair.a) + ReadNumbers(pair.b));
  }
  state.SetItemsProcessed(state.iterations() * static_cast<int64_t>(pairs.size()));
  state.counters["set_bytes"] = Rate(state, static_cast<double>(numbers * sizeof(uint32_t)));
}
BENCHMARK(ReadSets)->Name("ceiling/read-sets")->Arg(250)->Arg(2000)->Unit(benchmark::kMicrosecond);

// ---------------------------------------------------------------- lists of the index

constexpr uint32_t kIndexed = 100'000;  // articles
constexpr uint32_t kLists = 120;        // anchors of the suspect
constexpr float kWeight = 3;

// Lists of 2 to 2,000 articles, equally many of each order of magnitude.
struct MadeLists {
  std::vector<std::vector<uint32_t>> articles;
  std::vector<std::string> gaps;  // the same as varint gaps, without their counts
  std::string index;
  size_t postings = 0, bytes = 0;
};

const MadeLists& TheLists() {
  static const MadeLists made = [] {
    MadeLists lists;
    std::mt19937 random(22);
    std::vector<Anchors> anchors_of(kIndexed);
    lists.articles.resize(kLists);
    lists.gaps.resize(kLists);
    for (uint32_t list = 0; list < kLists; ++list) {
      const double size = 2 * std::pow(1000.0, list / (kLists - 1.0));
      std::vector<uint32_t>& articles = lists.articles[list];
      for (int i = 0; i < static_cast<int>(size); ++i) articles.push_back(random() % kIndexed);
      std::sort(articles.begin(), articles.end());
      articles.erase(std::unique(articles.begin(), articles.end()), articles.end());
      uint32_t last = 0;
      for (const uint32_t article : articles) {
        anchors_of[article].push_back({Mix64(list), kWeight});
        AppendVarint(lists.gaps[list], article - last);
        last = article;
      }
      lists.postings += articles.size();
      lists.bytes += lists.gaps[list].size();
    }
    IndexBuilder builder;
    const Sketch empty = MakeSketch({});
    for (const Anchors& anchors : anchors_of) builder.Add(empty, anchors);
    lists.index = Concatenated(builder.Build());
    return lists;
  }();
  return made;
}

void SetPostings(benchmark::State& state, const MadeLists& lists) {
  state.counters["postings"] = Rate(state, static_cast<double>(lists.postings));
  state.counters["list_bytes"] = Rate(state, static_cast<double>(lists.bytes));
}

// Finding the lists, adding their weights by article, keeping the best fifty: a search without near-copies.
void ScorePostings(benchmark::State& state) {
  const MadeLists& lists = TheLists();
  const auto index = IndexReader::Open(lists.index);
  if (!Verify(state, index.ok(), "the index does not open")) return;
  const CandidateSearch search(std::vector<SearchedSegment>{{&*index, {}}});
  Anchors anchors;
  for (uint32_t list = 0; list < kLists; ++list) anchors.push_back({Mix64(list), kWeight});
  std::sort(anchors.begin(), anchors.end(), [](const Anchor& a, const Anchor& b) { return a.hash < b.hash; });
  const Sketch empty = MakeSketch({});
  const CandidateOptions options;
  SearchScratch scratch;
  std::vector<float> plain(kIndexed, 0);
  for (const auto& articles : lists.articles) {
    for (const uint32_t article : articles) plain[article] += kWeight;
  }
  std::vector<float> best;
  for (const float score : plain) {
    const auto anchors_held = static_cast<uint32_t>(score / kWeight);
    best.push_back(score / (kWeight * kLists) / LengthNorm(anchors_held));
  }
  std::sort(best.rbegin(), best.rend());
  const auto candidates = search.Find(empty, anchors, options, scratch);
  bool right = candidates.size() == options.limit;
  for (size_t i = 0; right && i < candidates.size(); ++i) right = std::abs(candidates[i].score - best[i]) < 1e-4f;
  if (!Verify(state, right, "the best candidates are not those of the lists")) return;
  for (auto _ : state) benchmark::DoNotOptimize(search.Find(empty, anchors, options, scratch));
  SetPostings(state, lists);
}
BENCHMARK(ScorePostings)->Name("score-postings")->Unit(benchmark::kMicrosecond);

void DecodePostings(benchmark::State& state) {
  const MadeLists& lists = TheLists();
  for (uint32_t list = 0; list < kLists; ++list) {
    uint64_t sum = 0;
    for (const uint32_t article : lists.articles[list]) sum += article;
    const std::string& gaps = lists.gaps[list];
    if (!Verify(state, DecodeGaps(gaps.data(), gaps.data() + gaps.size()) == sum, "gaps are misread")) return;
  }
  for (auto _ : state) {
    for (const std::string& gaps : lists.gaps)
      benchmark::DoNotOptimize(DecodeGaps(gaps.data(), gaps.data() + gaps.size()));
  }
  SetPostings(state, lists);
}
BENCHMARK(DecodePostings)->Name("ceiling/decode-postings")->Unit(benchmark::kMicrosecond);

void AddDecodedPostings(benchmark::State& state) {
  const MadeLists& lists = TheLists();
  std::vector<float> scores(kIndexed, 0);
  for (auto _ : state) {
    for (const auto& articles : lists.articles) AddScores(articles, kWeight, scores.data());
    benchmark::DoNotOptimize(scores.data());
  }
  SetPostings(state, lists);
}
BENCHMARK(AddDecodedPostings)->Name("ceiling/add-scores")->Unit(benchmark::kMicrosecond);

// ---------------------------------------------------------------- cells of an alignment

// Words of two passages, by their keys: three in four of the suspect's come from the original, in order.
template <typename Key>
struct WordPair {
  std::vector<Key> original, suspect;
};

template <typename Key>
WordPair<Key> MadeWords(size_t n) {
  std::mt19937 random(static_cast<uint32_t>(n));
  WordPair<Key> pair;
  for (size_t i = 0; i < n; ++i) {
    const auto skewed = [&] { return static_cast<Key>(2000.0 * std::pow(random() / 4294967296.0, 3)); };
    pair.original.push_back(skewed());
    pair.suspect.push_back(random() % 4 != 0 ? pair.original.back() : skewed());
  }
  return pair;
}

void SetCells(benchmark::State& state) {
  state.counters["cells"] = Rate(state, static_cast<double>(state.range(0)) * static_cast<double>(state.range(0)));
}

void ChainMadeWords(benchmark::State& state) {
  const auto words = MadeWords<uint32_t>(static_cast<size_t>(state.range(0)));
  std::vector<int32_t> worth;
  for (const uint32_t key : words.original) worth.push_back(key < 50 ? kFunctionMatch : kContentMatch);
  const ChainSide original{words.original, words.original}, suspect{words.suspect, words.suspect};
  ChainScratch scratch;
  std::vector<ChainMatch> matches;
  ChainWords(original, worth, suspect, kChainScores, scratch, matches);
  const bool equal = matches == reference::ChainWords(original, worth, suspect, kChainScores);
  if (!Verify(state, equal, "the chain differs from the reference")) return;
  for (auto _ : state) {
    matches.clear();
    ChainWords(original, worth, suspect, kChainScores, scratch, matches);
    benchmark::DoNotOptimize(matches.data());
  }
  SetCells(state);
}
BENCHMARK(ChainMadeWords)->Name("chain-words")->Arg(50)->Arg(300)->Arg(1000)->Unit(benchmark::kMicrosecond);

// Plain dynamic programming, row by row.
int32_t ScoreByRows(std::span<const uint32_t> a, std::span<const uint32_t> b) {
  std::vector<int32_t> row(b.size() + 1);
  for (size_t j = 0; j < row.size(); ++j) row[j] = static_cast<int32_t>(j) * kGap;
  for (const uint32_t key : a) {
    int32_t diagonal = row[0];
    row[0] += kGap;
    for (size_t j = 1; j < row.size(); ++j) {
      const int32_t best =
          std::max({diagonal + (key == b[j - 1] ? kContentMatch : kMismatch), row[j] + kGap, row[j - 1] + kGap});
      diagonal = row[j];
      row[j] = best;
    }
  }
  return row.back();
}

template <typename Score, typename Key>
void ScoreOnly(benchmark::State& state) {
  const auto words = MadeWords<Key>(static_cast<size_t>(state.range(0)));
  const std::vector<Key> reversed(words.suspect.rbegin(), words.suspect.rend());
  std::vector<Score> room(3 * (words.original.size() + 1));
  const std::vector<uint32_t> a(words.original.begin(), words.original.end()),
      b(words.suspect.begin(), words.suspect.end());
  const auto score = [&] {
    return AlignScoreOnly<Score, Key>(std::span<const Key>(words.original), std::span<const Key>(reversed),
                                      std::span<Score>(room));
  };
  if (!Verify(state, score() == ScoreByRows(a, b), "the score is not that of the plain loop")) return;
  for (auto _ : state) benchmark::DoNotOptimize(score());
  SetCells(state);
}
void ScoreOnly32(benchmark::State& state) { ScoreOnly<int32_t, uint32_t>(state); }
void ScoreOnly16(benchmark::State& state) { ScoreOnly<int16_t, uint16_t>(state); }
BENCHMARK(ScoreOnly32)->Name("ceiling/align-score-32")->Arg(50)->Arg(300)->Arg(1000)->Unit(benchmark::kMicrosecond);
BENCHMARK(ScoreOnly16)->Name("ceiling/align-score-16")->Arg(50)->Arg(300)->Arg(1000)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace unspin::bench
