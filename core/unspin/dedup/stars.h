// Similar pairs → clusters, each a star around the preferred article of a neighbourhood.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "unspin/dedup/verifier.h"

namespace unspin {

struct Place {
  uint32_t representative = 0;  // its place in the input, from 0
  float similarity = 1;         // to it
};

// In the order of `rank`, an article that nobody took represents itself and takes its neighbours; articles that another
// one equals share its place. `pairs` ascend.
std::vector<Place> PlaceInStars(std::span<const SimilarPair> pairs, std::span<const uint32_t> rank,
                                std::span<const uint32_t> exact_of);

struct DedupSummary {
  uint64_t articles = 0, clusters = 0;         // clusters of one article included
  uint64_t duplicates = 0;                     // articles that another one represents
  uint64_t exact = 0;                          // of which as sets equal to another article's
  uint64_t candidates = 0, edges = 0;          // pairs compared, and pairs similar enough
  uint64_t hot_buckets = 0, hot_articles = 0;  // split by further bands, not compared all with all
};

// Articles, clusters, duplicates and exact ones.
DedupSummary CountPlaces(std::span<const Place> places, std::span<const uint32_t> exact_of);

}  // namespace unspin
