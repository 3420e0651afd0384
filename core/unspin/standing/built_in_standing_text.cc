#include "unspin/standing/built_in_standing_text.h"

#include <cassert>
#include <cstddef>

#include "unspin/language/language.h"

namespace unspin {
namespace {

// Runs between two runs of the table that are marked with them: one site's word in a text of many sites.
constexpr size_t kMaxGapRuns = 3;

}  // namespace

BuiltInStandingText::BuiltInStandingText(const Language& language)
    : table_(RunTable::Open(language.standing_runs).value_or(RunTable())) {}

void BuiltInStandingText::Mark(std::span<const uint64_t> runs, std::vector<bool>& standing) const {
  assert(standing.size() == runs.size());
  if (table_.size() == 0) return;
  size_t last = runs.size();  // the last run of the table; none yet
  for (size_t run = 0; run < runs.size(); ++run) {
    if (!table_.Contains(runs[run])) continue;
    if (last < run && run - last <= kMaxGapRuns + 1) {
      for (size_t marked = last; marked <= run; ++marked) standing[marked] = true;
    }
    last = run;
  }
}

}  // namespace unspin
