// What a dedup in stages takes: parts, memory, disk and time of each stage, from measured constants.
//
// docs/stages.md tells where the constants come from, and docs/scale.md compares plans with runs.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "unspin/dedup/options.h"

namespace unspin {

struct PlanConstant {
  std::string_view name, unit;
  double value = 0;
};
// All that a plan is computed from, for reports.
std::span<const PlanConstant> PlanConstants();

struct PlanRequest {
  uint64_t articles = 0;
  uint64_t text_bytes = 0;  // of all texts, as UTF-8
  uint64_t workers = 1;     // processes of one thread each that run at once
  DedupOptions dedup;       // only measure and threshold matter
};

struct StagePlan {
  std::string_view stage;      // "sketch"
  uint64_t parts = 1;          // runs of the stage; of sketch: files to cut the input into
  uint64_t memory_bytes = 0;   // of one process, mapped files aside
  uint64_t read_bytes = 0;     // by all processes
  uint64_t written_bytes = 0;  // by all processes
  double processor_seconds = 0;
  double seconds = 0;  // on the workers, disks aside
};

struct DedupPlan {
  uint64_t corpora = 1;     // how many the articles must be cut into: one has at most 4 billion
  uint64_t articles = 0;    // of one corpus; so are all figures that follow
  uint64_t text_bytes = 0;  // of one corpus
  std::vector<StagePlan> stages;
  uint64_t disk_bytes = 0;    // of all files together, those of shingles until the end
  uint64_t memory_bytes = 0;  // of all processes that run at once, at most
  double seconds = 0;         // all stages one after the other
};

// Fails where the numbers cannot be: no articles, texts of no bytes or of more than 4 GiB each, no workers or more than
// kMaxPlanWorkers, more than kMaxPlanArticles articles, a threshold for which nothing was measured.
inline constexpr uint64_t kMaxPlanWorkers = 1'000'000;  // parts of a stage at most
inline constexpr uint64_t kMaxPlanArticles = 1'000'000'000'000;
absl::StatusOr<DedupPlan> PlanStages(const PlanRequest& request);

}  // namespace unspin
