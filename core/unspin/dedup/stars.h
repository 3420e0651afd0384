// Similar pairs → clusters, each a star: a representative and neighbours that are similar to it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "unspin/dedup/verifier.h"

namespace unspin {

// One article's cluster.
struct Membership {
  uint32_t representative = 0;  // article number, in the order of the input
  float similarity = 1;         // to the representative
};

// Star clustering: articles are visited by rank; one that no cluster has yet represents itself and takes all its
// neighbours that no cluster has. Articles with equal sets share a membership.
// REQUIRES: as many ranks as `exact_of`, and all articles of `pairs` among them.
std::vector<Membership> ClusterIntoStars(std::span<const SimilarPair> pairs, std::span<const uint32_t> rank,
                                         std::span<const uint32_t> exact_of);

struct DedupSummary {
  uint64_t articles = 0, clusters = 0;         // clusters of one article included
  uint64_t duplicates = 0;                     // articles that another article represents
  uint64_t exact = 0;                          // duplicates whose set equals another article's
  uint64_t candidates = 0, edges = 0;          // pairs compared, and pairs similar enough
  uint64_t hot_buckets = 0, hot_articles = 0;  // too large to compare all pairs, and therefore split by further bands
};

// Fills in articles, clusters, duplicates and exact.
DedupSummary Summarize(std::span<const Membership> memberships, std::span<const uint32_t> exact_of);

}  // namespace unspin
