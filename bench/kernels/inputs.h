// Inputs of the kernel benchmarks: the committed sample articles, repeated until they outgrow the caches.
#pragma once

#include <benchmark/benchmark.h>

#include <string>
#include <string_view>
#include <vector>

#include "unspin/base/span.h"
#include "unspin/text/tokenized_article.h"

namespace unspin::bench {

// A suspect of the samples beside its original.
struct SamplePair {
  std::string_view original;
  std::string_view suspect;
  bool derived = false;
};

struct Samples {
  std::vector<std::string> texts;             // every sample once
  std::vector<SamplePair> pairs;              // into `texts`
  size_t bytes = 0;                           // of `texts`
  std::string repeated;                       // all of them, one after the other, kRepeatedBytes or a little more
  std::vector<std::string_view> in_repeated;  // the articles in it
};

inline constexpr size_t kRepeatedBytes = size_t{32} << 20;  // more than the caches of one core of most machines

// Read once. Empty where the samples are missing, which main() refuses.
const Samples& TheSamples();

std::vector<uint64_t> WordsOf(const TokenizedArticle& article);

// Checked before timing: a wrong answer is an error of the row, which is then not timed, and of the whole program.
// Returns `holds`.
bool Verify(benchmark::State& state, bool holds, const char* law);
bool AnyLawBroken();

// Rates of a row. `bytes` is always the articles' own text, whatever the kernel reads, so that all rows compare.
void SetRates(benchmark::State& state, size_t bytes_per_iteration, size_t items_per_iteration);

}  // namespace unspin::bench
