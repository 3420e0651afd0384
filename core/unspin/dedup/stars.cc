#include "unspin/dedup/stars.h"

#include <numeric>
#include <utility>

namespace unspin {

std::vector<Place> PlaceInStars(std::span<const SimilarPair> pairs, std::span<const uint32_t> rank,
                                std::span<const uint32_t> exact_of) {
  const size_t size = rank.size();
  std::vector<uint64_t> begins(size + 1, 0);
  for (const SimilarPair& pair : pairs) ++begins[pair.a + 1], ++begins[pair.b + 1];
  std::partial_sum(begins.begin(), begins.end(), begins.begin());
  std::vector<std::pair<uint32_t, float>> neighbours(begins.back());
  {
    std::vector<uint64_t> next(begins.begin(), begins.end() - 1);
    for (const SimilarPair& pair : pairs) {
      neighbours[next[pair.a]++] = {pair.b, pair.similarity};
      neighbours[next[pair.b]++] = {pair.a, pair.similarity};
    }
  }
  std::vector<uint32_t> order(size);
  for (uint32_t i = 0; i < size; ++i) order[rank[i]] = i;
  std::vector<bool> taken(size, false);
  std::vector<Place> places(size);
  for (const uint32_t article : order) {
    if (exact_of[article] != article || taken[article]) continue;
    taken[article] = true;
    places[article] = {article, 1};
    for (uint64_t i = begins[article]; i < begins[article + 1]; ++i) {
      const auto [other, similarity] = neighbours[i];
      if (taken[other]) continue;
      taken[other] = true;
      places[other] = {article, similarity};
    }
  }
  for (uint32_t i = 0; i < size; ++i) {
    if (exact_of[i] != i) places[i] = places[exact_of[i]];
  }
  return places;
}

DedupSummary CountPlaces(std::span<const Place> places, std::span<const uint32_t> exact_of) {
  DedupSummary summary;
  summary.articles = places.size();
  for (uint32_t i = 0; i < places.size(); ++i) {
    summary.clusters += places[i].representative == i;
    summary.exact += exact_of[i] != i;
  }
  summary.duplicates = summary.articles - summary.clusters;
  return summary;
}

}  // namespace unspin
