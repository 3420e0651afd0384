#include "unspin/engine/standing_runs.h"

#include <algorithm>
#include <utility>

#include "unspin/standing/run_lists.h"

namespace unspin {
namespace {

// Runs on either side of a standing one that are standing as well, as far as no sampled run says otherwise.
constexpr size_t kReach = StandingRuns::kMaxWordsApart / 2;

// Marks from `begin` over run `i` to the next sampled run or kReach further. Returns the first run that is left.
size_t MarkAround(std::span<const uint64_t> runs, size_t begin, size_t i, std::vector<bool>& standing) {
  size_t end = i + 1;
  while (end < runs.size() && end - i <= kReach && !IsSampled(runs[end])) ++end;
  for (size_t run = begin; run < end; ++run) standing[run] = true;
  return end;
}

}  // namespace

StandingRuns::StandingRuns(std::vector<uint64_t> sampled) : sampled_(std::move(sampled)) {}

void StandingRuns::Mark(std::span<const uint64_t> runs, std::vector<bool>& standing) const {
  if (sampled_.empty()) return;
  size_t begin = 0;  // runs before it are nearer to a sampled run that is no standing text
  for (size_t i = 0; i < runs.size(); ++i) {
    if (!IsSampled(runs[i])) continue;
    if (std::binary_search(sampled_.begin(), sampled_.end(), runs[i])) {
      begin = MarkAround(runs, std::max(begin, i - std::min(i, kReach)), i, standing);
    } else {
      begin = i + 1;
    }
  }
}

}  // namespace unspin
