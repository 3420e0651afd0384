// Two articles → seeds: pairs of sentences that share enough weighted words.
#pragma once

#include <cstdint>
#include <vector>

#include "unspin/align/analyzed_pair.h"
#include "unspin/align/sentence_vectors.h"

namespace unspin {

struct Seed {
  uint32_t suspect;  // body sentences
  uint32_t original;
  float cosine;
};

// Pairs whose cosine and whose Dice coefficient of distinct stems both exceed their thresholds, by the suspect's
// sentence and then the original's. Compares every sentence with every other. The number of seeds is bounded.
std::vector<Seed> FindSeeds(const AnalyzedPair& pair, const SentenceVectorPair& vectors, double cosine_threshold,
                            double dice_threshold);

}  // namespace unspin
