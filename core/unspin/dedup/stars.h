// Similar pairs → clusters, each a star: a representative and neighbours that are similar to it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "unspin/dedup/verifier.h"

namespace unspin {

// One article's cluster.
struct Membership {
  uint32_t representative = 0;  // article number, in the order of the input; an archive's follow
  float similarity = 1;         // to the representative
};

// Star clustering: articles are visited by rank; one that no cluster has yet represents itself and takes all its
// neighbours that no cluster has. Articles with equal sets share a membership. Articles numbered from `own` on are an
// archive's: before all others they take their neighbours, each of which goes to the archived article that it is most
// similar to, and among equally similar ones to the first by rank.
// REQUIRES: as many ranks as `exact_of`; all articles of `pairs` among them; no pair of two archived articles.
std::vector<Membership> ClusterIntoStars(std::span<const SimilarPair> pairs, uint32_t own,
                                         std::span<const uint32_t> rank, std::span<const uint32_t> exact_of);

struct DedupSummary {
  uint64_t articles = 0, clusters = 0;         // clusters of one article included; archived articles do not count
  uint64_t duplicates = 0;                     // articles that another article represents
  uint64_t archived = 0;                       // duplicates that an archived article represents
  uint64_t exact = 0;                          // duplicates whose set equals another article's
  uint64_t candidates = 0, edges = 0;          // pairs compared, and pairs similar enough
  uint64_t hot_buckets = 0, hot_articles = 0;  // too large to compare all pairs, and therefore split by further bands
};

// Fills in articles, clusters, duplicates, archived and exact. Articles numbered from `own` on are an archive's.
DedupSummary Summarize(std::span<const Membership> memberships, uint32_t own, std::span<const uint32_t> exact_of);

}  // namespace unspin
