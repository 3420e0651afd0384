#include "unspin/standing/built_in_standing_text.h"

#include <algorithm>
#include <cassert>
#include <cstddef>

#include "unspin/language/language.h"

namespace unspin {
namespace {

// Runs between two runs of the table that are marked with them: one site's word in a text of many sites.
constexpr size_t kMaxGapRuns = 3;

// Runs of the table in a stretch: eight words. Fewer are a name with its title ("White House Press Secretary Jay
// Carney"), a collocation, or hashes that collide.
constexpr size_t kMinStretchRuns = 4;

constexpr size_t kAhead = 8;  // runs between a prefetch and its use

}  // namespace

BuiltInStandingText::BuiltInStandingText(const Language& language)
    : table_(RunTable::Open(language.standing_runs).value_or(RunTable())) {}

void BuiltInStandingText::Mark(std::span<const uint64_t> runs, std::vector<bool>& standing) const {
  assert(standing.size() == runs.size());
  if (table_.size() == 0) return;
  for (size_t begin = 0, end = 0; begin < runs.size(); begin = end) {
    size_t known = 0, next = begin;
    for (end = begin; next < runs.size() && next <= end + (known == 0 ? 0 : kMaxGapRuns); ++next) {
      if (next + 2 * kAhead < runs.size()) table_.PrefetchBucket(runs[next + 2 * kAhead]);
      if (next + kAhead < runs.size()) table_.PrefetchRun(runs[next + kAhead]);
      if (!table_.Contains(runs[next])) continue;
      ++known;
      end = next + 1;
    }
    if (known >= kMinStretchRuns) std::fill(standing.begin() + begin, standing.begin() + end, true);
    if (known == 0) ++end;
  }
}

}  // namespace unspin
