// Ceilings for kernels over the same bytes: reading them, and hashing them at once.

#include <cstring>

#include "kernels/inputs.h"
#include "unspin/base/hash.h"

namespace unspin::bench {
namespace {

// memchr for a byte that UTF-8 never contains reads every byte and does nothing else.
void ReadMemory(benchmark::State& state) {
  const Samples& samples = TheSamples();
  const std::string& bytes = samples.repeated;
  if (!Verify(state, std::memchr(bytes.data(), 0xff, bytes.size()) == nullptr, "the samples are not UTF-8")) return;
  for (auto _ : state) benchmark::DoNotOptimize(std::memchr(bytes.data(), 0xff, bytes.size()));
  SetRates(state, bytes.size(), samples.in_repeated.size());
}
BENCHMARK(ReadMemory)->Name("ceiling/read-memory")->Unit(benchmark::kMillisecond);

void HashMemory(benchmark::State& state) {
  const Samples& samples = TheSamples();
  for (auto _ : state) benchmark::DoNotOptimize(Hash64(samples.repeated));
  SetRates(state, samples.repeated.size(), samples.in_repeated.size());
}
BENCHMARK(HashMemory)->Name("ceiling/xxh3")->Unit(benchmark::kMillisecond);

// One hash for each word at known positions: the ceiling of tokenizing, where finding words costs nothing.
void HashWords(benchmark::State& state) {
  const Samples& samples = TheSamples();
  std::vector<std::string_view> words;
  for (const std::string_view text : samples.in_repeated) {
    for (size_t at = 0; at < text.size();) {
      const size_t end = std::min(text.find_first_of(" \n", at), text.size());
      if (end > at) words.push_back(text.substr(at, end - at));
      at = end + 1;
    }
  }
  for (auto _ : state) {
    uint64_t sum = 0;
    for (const std::string_view word : words) sum += Hash64(word);
    benchmark::DoNotOptimize(sum);
  }
  SetRates(state, samples.repeated.size(), samples.in_repeated.size());
}
BENCHMARK(HashWords)->Name("ceiling/xxh3-words")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace unspin::bench
