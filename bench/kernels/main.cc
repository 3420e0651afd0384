// Times the kernels over the committed samples. Exits with 1 when an answer was wrong: a wrong answer cannot be fast.
//
//   build/bench/unspin_kernels_bench --benchmark_repetitions=3 --benchmark_report_aggregates_only=true

#include <benchmark/benchmark.h>

#include <cstdio>

#include "kernels/inputs.h"

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  const unspin::bench::Samples& samples = unspin::bench::TheSamples();
  if (samples.pairs.empty()) {
    std::fputs("kernels: no articles under datasets/samples\n", stderr);
    return 2;
  }
  benchmark::AddCustomContext(
      "samples", std::to_string(samples.texts.size()) + " articles, " + std::to_string(samples.bytes) + " bytes");
  benchmark::AddCustomContext("bytes_per_second", "of the articles' text, in every row");
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return unspin::bench::AnyLawBroken() ? 1 : 0;
}
