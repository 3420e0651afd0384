#include "unspin/sketch/sketch.h"

#include <cmath>
#include <random>

#include "kernels/inputs.h"
#include "reference/sketch_reference.h"
#include "support/english.h"
#include "unspin/base/hash.h"
#include "unspin/shingle/shingle.h"
#include "unspin/text/tokenize.h"

namespace unspin::bench {
namespace {

constexpr uint32_t kShingleWords = 5;

// Words of every sample.
std::vector<std::vector<uint64_t>> SampleWords() {
  std::vector<std::vector<uint64_t>> words;
  for (const std::string& text : TheSamples().texts) words.push_back(WordsOf(Tokenize(text)));
  return words;
}

std::vector<std::vector<uint64_t>> SampleShingles() {
  std::vector<std::vector<uint64_t>> shingles;
  for (const std::vector<uint64_t>& words : SampleWords()) shingles.push_back(HashShingles(words, kShingleWords));
  return shingles;
}

std::vector<uint64_t> ShinglesByDefinition(std::span<const uint64_t> words) {
  std::vector<uint64_t> hashes;
  for (size_t begin = 0; begin + kShingleWords <= words.size(); ++begin) {
    hashes.push_back(reference::HashShingle(words.subspan(begin, kShingleWords)));
  }
  return hashes;
}

void HashSampleShingles(benchmark::State& state) {
  const auto words = SampleWords();
  for (const auto& article : words) {
    if (!Verify(state, HashShingles(article, kShingleWords) == ShinglesByDefinition(article),
                "shingles differ from their definition")) {
      return;
    }
  }
  for (auto _ : state) {
    for (const auto& article : words) benchmark::DoNotOptimize(HashShingles(article, kShingleWords));
  }
  SetRates(state, TheSamples().bytes, words.size());
}
BENCHMARK(HashSampleShingles)->Name("shingle/samples")->Unit(benchmark::kMicrosecond);

void SketchSamples(benchmark::State& state) {
  const auto shingles = SampleShingles();
  for (const auto& article : shingles) {
    if (!Verify(state, MakeSketch(article) == reference::MakeSketch(article), "a sketch differs from the reference"))
      return;
  }
  for (auto _ : state) {
    for (const auto& article : shingles) benchmark::DoNotOptimize(MakeSketch(article));
  }
  SetRates(state, TheSamples().bytes, shingles.size());
}
BENCHMARK(SketchSamples)->Name("sketch/samples")->Unit(benchmark::kMicrosecond);

// Sets of n made-up shingles; each is followed by one that shares two thirds of it, so that J is a half.
std::vector<std::vector<uint64_t>> HalfSimilarSets(size_t n, size_t pairs) {
  std::mt19937_64 random(n);
  std::vector<std::vector<uint64_t>> sets;
  for (size_t pair = 0; pair < pairs; ++pair) {
    std::vector<uint64_t> a(n), b(n);
    for (uint64_t& shingle : a) shingle = random();
    for (size_t i = 0; i < n; ++i) b[i] = i < n * 2 / 3 ? a[i] : random();
    sets.push_back(std::move(a));
    sets.push_back(std::move(b));
  }
  return sets;
}

// Speed and error by size: rmse_1000 is a thousand times the error of the estimate at a similarity of about a half.
void SketchSets(benchmark::State& state) {
  constexpr size_t kPairs = 400;
  const auto sets = HalfSimilarSets(static_cast<size_t>(state.range(0)), kPairs);
  if (!Verify(state, MakeSketch(sets[0]) == reference::MakeSketch(sets[0]), "a sketch differs from the reference"))
    return;
  double squares = 0;
  for (size_t i = 0; i < sets.size(); i += 2) {
    const double error =
        EstimatedSimilarity(MakeSketch(sets[i]), MakeSketch(sets[i + 1])) - reference::Jaccard(sets[i], sets[i + 1]);
    squares += error * error;
  }
  const double rmse = std::sqrt(squares / kPairs);
  // 128 fair samples have an error of 0.0442; five standard errors of this measurement more is a failure.
  if (!Verify(state, rmse < 0.0442 * (1 + 5 / std::sqrt(2.0 * kPairs)), "the estimate is worse than 128 fair samples"))
    return;
  for (auto _ : state) {
    for (const auto& set : sets) benchmark::DoNotOptimize(MakeSketch(set));
  }
  state.SetItemsProcessed(state.iterations() * static_cast<int64_t>(sets.size()));
  state.counters["rmse_1000"] = 1000 * rmse;
}
BENCHMARK(SketchSets)->Name("sketch/shingles")->Arg(20)->Arg(128)->Arg(700)->Unit(benchmark::kMicrosecond);

// Every sample with every other; items are pairs.
void EstimateSamples(benchmark::State& state) {
  const auto shingles = SampleShingles();
  std::vector<Sketch> sketches;
  for (const auto& article : shingles) sketches.push_back(MakeSketch(article));
  for (size_t i = 0; i < sketches.size(); ++i) {
    for (size_t j = 0; j < i; ++j) {
      // Five standard deviations of 128 fair samples at their widest.
      const double error = EstimatedSimilarity(sketches[i], sketches[j]) - reference::Jaccard(shingles[i], shingles[j]);
      if (!Verify(state, std::abs(error) < 5 * 0.0442, "an estimate is far from the exact similarity")) return;
    }
  }
  for (auto _ : state) {
    double sum = 0;
    for (const Sketch& a : sketches) {
      for (const Sketch& b : sketches) sum += EstimatedSimilarity(a, b);
    }
    benchmark::DoNotOptimize(sum);
  }
  const int64_t compared = state.iterations() * static_cast<int64_t>(sketches.size() * sketches.size());
  state.SetItemsProcessed(compared);
  state.counters["sketch_bytes"] = benchmark::Counter(static_cast<double>(compared) * 2 * sizeof(Sketch),
                                                      benchmark::Counter::kIsRate, benchmark::Counter::kIs1024);
}
BENCHMARK(EstimateSamples)->Name("estimated-similarity")->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace unspin::bench
