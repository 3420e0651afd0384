// Seeds → clusters of neighbouring seeds whose two sides resemble each other as wholes.
//
// A cluster is split at gaps between neighbouring seeds. If the two sides of the result do not resemble each other, it
// is split again at smaller gaps: the scheme of Sanchez-Perez, Sidorov and Gelbukh (PAN at CLEF 2014), with the gap
// chosen for every cluster by itself.
#pragma once

#include <span>
#include <vector>

#include "unspin/align/find_seeds.h"
#include "unspin/align/passage.h"
#include "unspin/align/sentence_span.h"
#include "unspin/align/sentence_vectors.h"

namespace unspin {

struct SeedCluster {
  std::span<const Seed> seeds;
  SentenceSpan suspect, original;  // body sentences, from the first seed to the last
  double cosine = 0;               // of the two sides
};

// Reorders `seeds`; clusters refer to them.
// REQUIRES: the seeds were found in these vectors. `stems`: number of stem ids of the original.
std::vector<SeedCluster> ClusterSeeds(std::span<Seed> seeds, const SentenceVectorPair& vectors, size_t stems,
                                      const PassageOptions& options);

}  // namespace unspin
