#include "unspin/dedup/exact.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace unspin {

absl::StatusOr<std::vector<uint32_t>> FindExact(std::span<const uint64_t> hashes, std::span<const uint32_t> rank,
                                                const Sets& sets) {
  std::vector<uint32_t> exact_of(hashes.size());
  std::iota(exact_of.begin(), exact_of.end(), 0);
  std::vector<std::pair<uint64_t, uint32_t>> rows(hashes.size());  // hash, article
  for (uint32_t i = 0; i < hashes.size(); ++i) rows[i] = {hashes[i], i};
  std::sort(rows.begin(), rows.end());
  std::vector<uint32_t> room, other_room;
  for (size_t begin = 0; begin < rows.size();) {
    size_t end = begin + 1;
    uint32_t best = rows[begin].second;
    for (; end < rows.size() && rows[end].first == rows[begin].first; ++end) {
      if (rank[rows[end].second] < rank[best]) best = rows[end].second;
    }
    if (end - begin > 1) {
      const auto wanted = sets.ElementsOf(best, room);
      if (!wanted.ok()) return wanted.status();
      for (size_t i = begin; i < end; ++i) {
        const uint32_t article = rows[i].second;
        if (article == best) continue;
        const auto found = sets.ElementsOf(article, other_room);
        if (!found.ok()) return found.status();
        if (std::equal(found->begin(), found->end(), wanted->begin(), wanted->end())) exact_of[article] = best;
      }
    }
    begin = end;
  }
  return exact_of;
}

}  // namespace unspin
