// How long a person waits for a check: each suspect alone, on one thread of an engine that runs already.
//
//   build/bench/unspin_check_latency ARCHIVE SUSPECTS.jsonl [--details] [--brief] [--passes N]
//
// The archive is opened once, and some suspects are checked before the measurement. The options are those of
// `unspin check`, with passages, words and texts for a view; --brief leaves these out, as audits do. --details lists
// the slowest suspects. Of several passes the shortest time of each suspect counts. The first line of the output is
// JSON, a table follows.

#include <time.h>

#include <algorithm>
#include <cassert>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "unspin/engine/archive.h"
#include "unspin/engine/engine.h"
#include "unspin/ingest/reader.h"

namespace unspin::bench {
namespace {

constexpr size_t kWarmUp = 100;   // suspects
constexpr size_t kListed = 10;    // slowest
constexpr int kWrongCommand = 2;  // exit code, as of the program itself

struct Options {
  std::string archive, suspects;
  bool details = false;
  int passes = 1;
  CheckOptions check;
};

bool ParseCommand(int argc, char** argv, Options& options) {
  std::vector<std::string> paths;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == "--details") {
      options.details = true;
    } else if (argument == "--brief") {
      options.check.details = false;
    } else if (argument == "--passes" && i + 1 < argc) {
      options.passes = std::atoi(argv[++i]);
    } else if (argument.starts_with("--")) {
      return false;
    } else {
      paths.emplace_back(argument);
    }
  }
  if (paths.size() != 2 || options.passes < 1) return false;
  options.archive = paths[0];
  options.suspects = paths[1];
  return true;
}

// The times of one check. Wall-clock time includes other programs on the same core; processor time of the thread does
// not.
struct Timing {
  size_t suspect = 0;
  double clock_ms = 0, thread_ms = 0;
  size_t findings = 0;
};

double ThreadMilliseconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

// The smallest value that is not below `share` of the values. REQUIRES: ascending values, not empty; 0 < share <= 1.
double Quantile(const std::vector<double>& values, double share) {
  assert(!values.empty() && std::is_sorted(values.begin(), values.end()));
  const auto rank = static_cast<size_t>(std::ceil(share * static_cast<double>(values.size())));
  return values[std::clamp<size_t>(rank, 1, values.size()) - 1];
}

nlohmann::ordered_json Quantiles(const std::vector<Timing>& timings, double Timing::* time) {
  std::vector<double> values;
  for (const Timing& timing : timings) values.push_back(timing.*time);
  std::sort(values.begin(), values.end());
  const auto rounded = [](double ms) { return std::round(ms * 1e3) / 1e3; };
  return {{"p50", rounded(Quantile(values, 0.5))},
          {"p90", rounded(Quantile(values, 0.9))},
          {"p99", rounded(Quantile(values, 0.99))},
          {"max", rounded(values.back())}};
}

void PrintRow(const char* name, const nlohmann::ordered_json& quantiles) {
  std::printf("%-14s", name);
  for (const char* const share : {"p50", "p90", "p99", "max"}) std::printf(" %9.3f", quantiles[share].get<double>());
  std::printf("\n");
}

int Fail(const std::string& what) {
  std::fprintf(stderr, "check_latency: %s\n", what.c_str());
  return 1;
}

// The suspects of a file. Fails with a message where there are none or one cannot be read.
std::optional<std::string> ReadSuspects(const std::string& path, std::vector<Article>& suspects) {
  const auto reader = ArticleReader::Open({path}, {});
  if (!reader.ok()) return std::string(reader.status().message());
  for (auto record = (*reader)->Next(); record; record = (*reader)->Next()) {
    if (const auto* bad = std::get_if<BadRecord>(&*record)) return bad->location + ": " + bad->message;
    suspects.push_back(std::get<Article>(*std::move(record)));
  }
  if (suspects.empty()) return path + " holds no suspects";
  return std::nullopt;
}

// The shortest times of each suspect over all passes, after a warm-up.
absl::StatusOr<std::vector<Timing>> MeasureChecks(const std::vector<Article>& suspects, const Archive& archive,
                                                  const Options& options) {
  const Engine engine;
  Workspace workspace(engine);
  for (size_t i = 0; i < std::min(kWarmUp, suspects.size()); ++i) {
    const auto report = engine.Check(suspects[i], archive, options.check, workspace);
    if (!report.ok()) return report.status();
  }
  std::vector<Timing> timings(suspects.size());
  for (int pass = 0; pass < options.passes; ++pass) {
    for (size_t i = 0; i < suspects.size(); ++i) {
      const double thread_begin = ThreadMilliseconds();
      const auto begin = std::chrono::steady_clock::now();
      const auto report = engine.Check(suspects[i], archive, options.check, workspace);
      const std::chrono::duration<double, std::milli> clock = std::chrono::steady_clock::now() - begin;
      const double thread = ThreadMilliseconds() - thread_begin;
      if (!report.ok()) return report.status();
      Timing& timing = timings[i];
      timing.suspect = i;
      timing.clock_ms = pass == 0 ? clock.count() : std::min(timing.clock_ms, clock.count());
      timing.thread_ms = pass == 0 ? thread : std::min(timing.thread_ms, thread);
      timing.findings = report->findings.size();
    }
  }
  return timings;
}

void PrintSummary(const std::vector<Timing>& timings, const Archive& archive, const Options& options) {
  const auto clock = Quantiles(timings, &Timing::clock_ms), thread = Quantiles(timings, &Timing::thread_ms);
  const uint64_t articles = archive.Statistics().articles;
  const nlohmann::ordered_json json = {
      {"articles", articles},     {"suspects", timings.size()},     {"details", options.check.details},
      {"passes", options.passes}, {"kernel", Engine::KernelName()}, {"clock_ms", clock},
      {"thread_ms", thread}};
  std::printf("%s\n\n", json.dump().c_str());
  std::printf("%zu suspects, %llu articles, details %s\n\n", timings.size(), static_cast<unsigned long long>(articles),
              options.check.details ? "on" : "off");
  std::printf("%-14s %9s %9s %9s %9s\n", "ms", "p50", "p90", "p99", "max");
  PrintRow("on the clock", clock);
  PrintRow("of the thread", thread);
}

void PrintSlowest(std::vector<Timing> timings, const std::vector<Article>& suspects) {
  std::sort(timings.begin(), timings.end(), [](const Timing& a, const Timing& b) { return a.thread_ms > b.thread_ms; });
  std::printf("\n%9s %9s %9s  slowest suspects\n", "ms", "bytes", "findings");
  for (size_t i = 0; i < std::min(kListed, timings.size()); ++i) {
    const Article& suspect = suspects[timings[i].suspect];
    std::printf("%9.3f %9zu %9zu  %s\n", timings[i].thread_ms, suspect.text.size(), timings[i].findings,
                suspect.id.c_str());
  }
}

int Main(int argc, char** argv) {
  Options options;
  if (!ParseCommand(argc, argv, options)) {
    std::fputs("usage: unspin_check_latency ARCHIVE SUSPECTS.jsonl [--details] [--brief] [--passes N]\n", stderr);
    return kWrongCommand;
  }
  const auto archive = Archive::Open(options.archive);
  if (!archive.ok()) return Fail(std::string(archive.status().message()));
  std::vector<Article> suspects;
  if (const auto problem = ReadSuspects(options.suspects, suspects)) return Fail(*problem);
  const auto timings = MeasureChecks(suspects, **archive, options);
  if (!timings.ok()) return Fail(std::string(timings.status().message()));
  PrintSummary(*timings, **archive, options);
  if (options.details) PrintSlowest(*timings, suspects);
  return 0;
}

}  // namespace
}  // namespace unspin::bench

int main(int argc, char** argv) { return unspin::bench::Main(argc, argv); }
