#include "unspin/dedup/exact.h"

#include <algorithm>
#include <cassert>
#include <numeric>
#include <utility>

namespace unspin {
namespace {

using HashedArticle = std::pair<uint64_t, uint32_t>;  // hash of the set, article

// Of articles whose sets have one hash.
absl::Status CompareWithBest(std::span<const HashedArticle> group, std::span<const uint32_t> rank,
                             const ShingleSets& sets, std::vector<uint32_t>& exact_of) {
  const uint32_t best = std::min_element(group.begin(), group.end(), [&](const auto& a, const auto& b) {
                          return rank[a.second] < rank[b.second];
                        })->second;
  std::vector<uint32_t> best_buffer, buffer;
  const auto best_elements = sets.ElementsOf(best, best_buffer);
  if (!best_elements.ok()) return best_elements.status();
  for (const auto& [hash, article] : group) {
    if (article == best) continue;
    const auto elements = sets.ElementsOf(article, buffer);
    if (!elements.ok()) return elements.status();
    if (std::equal(elements->begin(), elements->end(), best_elements->begin(), best_elements->end()))
      exact_of[article] = best;
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::vector<uint32_t>> FindExact(std::span<const uint64_t> hashes, std::span<const uint32_t> rank,
                                                const ShingleSets& sets) {
  assert(hashes.size() == rank.size());
  std::vector<uint32_t> exact_of(hashes.size());
  std::iota(exact_of.begin(), exact_of.end(), 0);
  std::vector<HashedArticle> rows(hashes.size());
  for (uint32_t i = 0; i < hashes.size(); ++i) rows[i] = {hashes[i], i};
  std::sort(rows.begin(), rows.end());
  for (size_t begin = 0; begin < rows.size();) {
    size_t end = begin + 1;
    while (end < rows.size() && rows[end].first == rows[begin].first) ++end;
    if (end - begin > 1) {
      const auto group = std::span(rows).subspan(begin, end - begin);
      if (absl::Status status = CompareWithBest(group, rank, sets, exact_of); !status.ok()) return status;
    }
    begin = end;
  }
  return exact_of;
}

}  // namespace unspin
