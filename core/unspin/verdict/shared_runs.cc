#include "unspin/verdict/shared_runs.h"

#include <algorithm>
#include <bitset>
#include <span>
#include <utility>

namespace unspin {
namespace {

// A hostile text may repeat one run at every word. At most this many of its occurrences are compared.
constexpr size_t kMaxPlaces = 32;

struct RunStart {
  uint64_t hash;
  uint32_t token;
  friend auto operator<=>(const RunStart&, const RunStart&) = default;
};

// A set of runs that may seem to hold others: rules out most runs before they are sorted or searched for.
class RunFilter {
 public:
  void Insert(uint64_t hash) { bits_.set(hash >> (64 - kLogBits)); }
  bool MayContain(uint64_t hash) const { return bits_.test(hash >> (64 - kLogBits)); }

 private:
  static constexpr size_t kLogBits = 13;  // 1 KiB: 500 runs set one bit in 17

  std::bitset<size_t{1} << kLogBits> bits_;
};

// Calls visit(hash, first token) for each run of kMinSharedRun words that all have a stem. `stem_of(token)` is a stem
// id, or kNoStem. The upper bits of the hashes are the most uniform ones.
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
    visit(sum, token + 1 - kMinSharedRun);
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
  std::vector<RunStart> in_suspect;
  RunFilter suspect_runs;
  VisitRuns(
      static_cast<uint32_t>(pair.suspect.size()), [&](uint32_t token) { return pair.SuspectStem(token); },
      [&](uint64_t hash, uint32_t token) {
        in_suspect.push_back({hash, token});
        suspect_runs.Insert(hash);
      });
  if (in_suspect.empty()) return {};

  std::vector<RunStart> in_original;
  RunFilter original_runs;
  VisitRuns(
      static_cast<uint32_t>(pair.original.size()), [&](uint32_t token) { return pair.OriginalStem(token); },
      [&](uint64_t hash, uint32_t token) {
        if (!suspect_runs.MayContain(hash)) return;
        in_original.push_back({hash, token});
        original_runs.Insert(hash);
      });
  if (in_original.empty()) return {};
  std::sort(in_original.begin(), in_original.end());

  std::vector<SharedRun> runs;
  for (const auto [hash, token] : in_suspect) {
    if ((!runs.empty() && token < runs.back().suspect.end) || !original_runs.MayContain(hash)) continue;
    const auto first = std::lower_bound(in_original.begin(), in_original.end(), RunStart{hash, 0});
    auto last = first;
    while (last != in_original.end() && last->hash == hash) ++last;
    const SharedRun run = LongestRun(pair, {first, last}, token);
    if (run.suspect.size() >= kMinSharedRun) runs.push_back(run);
  }
  return runs;
}

}  // namespace unspin
