#include "unspin/verdict/shared_runs.h"

#include <algorithm>
#include <span>
#include <utility>

#include "unspin/base/hash.h"

namespace unspin {
namespace {

// In a hostile text one run may stand at every word: so many places of it are compared.
constexpr size_t kMaxPlaces = 32;

struct RunStart {
  uint64_t hash;
  uint32_t token;
  friend auto operator<=>(const RunStart&, const RunStart&) = default;
};

// Calls visit(hash, first token) for each run of kMinSharedRun words that all have a stem. `stem_of(token)` is a stem
// id, or kNoStem.
template <typename StemOf, typename Visit>
void VisitRuns(uint32_t tokens, const StemOf& stem_of, const Visit& visit) {
  constexpr uint64_t kBase = 0x9e3779b97f4a7c15;  // 2^64 divided by the golden ratio: any odd number without a pattern
  constexpr uint64_t kLeaving = kBase * kBase * kBase * kBase * kBase * kBase;  // of the word before the run
  uint64_t sum = 0;
  uint32_t length = 0;  // words with a stem in a row
  for (uint32_t token = 0; token < tokens; ++token) {
    const uint32_t stem = stem_of(token);
    if (stem == kNoStem) {
      sum = length = 0;
      continue;
    }
    sum = (sum + stem + 1) * kBase;
    if (++length < kMinSharedRun) continue;
    if (length > kMinSharedRun) sum -= (uint64_t{stem_of(token - kMinSharedRun)} + 1) * kLeaving;
    visit(Mix64(sum), token + 1 - kMinSharedRun);
  }
}

uint32_t MatchLength(const AnalyzedPair& pair, uint32_t original, uint32_t suspect) {
  uint32_t length = 0;
  while (original + length < pair.original.size() && suspect + length < pair.suspect.size() &&
         pair.OriginalStem(original + length) == pair.SuspectStem(suspect + length))
    ++length;
  return length;
}

// The longest run that begins with this word of the suspect; of equal ones the first in the original.
SharedRun LongestRun(const AnalyzedPair& pair, std::span<const RunStart> places, uint32_t suspect) {
  SharedRun longest;
  for (const RunStart& place : places.first(std::min(places.size(), kMaxPlaces))) {
    const uint32_t length = MatchLength(pair, place.token, suspect);
    if (length > longest.suspect.size()) longest = {{place.token, place.token + length}, {suspect, suspect + length}};
  }
  return longest;
}

}  // namespace

std::vector<SharedRun> FindSharedRuns(const AnalyzedPair& pair) {
  std::vector<bool> shared(pair.original.stems.size(), false);
  for (const uint32_t stem : pair.to_original) {
    if (stem != kNoStem) shared[stem] = true;
  }
  std::vector<RunStart> starts;
  VisitRuns(
      static_cast<uint32_t>(pair.original.size()),
      [&](uint32_t token) { return shared[pair.OriginalStem(token)] ? pair.OriginalStem(token) : kNoStem; },
      [&](uint64_t hash, uint32_t token) { starts.push_back({hash, token}); });
  std::sort(starts.begin(), starts.end());

  std::vector<SharedRun> runs;
  VisitRuns(
      static_cast<uint32_t>(pair.suspect.size()), [&](uint32_t token) { return pair.SuspectStem(token); },
      [&](uint64_t hash, uint32_t token) {
        if (!runs.empty() && token < runs.back().suspect.end) return;
        const auto first = std::lower_bound(starts.begin(), starts.end(), RunStart{hash, 0});
        auto last = first;
        while (last != starts.end() && last->hash == hash) ++last;
        const SharedRun run = LongestRun(pair, {first, last}, token);
        if (run.suspect.size() >= kMinSharedRun) runs.push_back(run);
      });
  return runs;
}

}  // namespace unspin
