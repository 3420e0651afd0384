// Two articles → the passages that one may have taken from the other, in whole sentences.
//
// Sentences that share enough weighted words are seeds (find_seeds.h). Seeds that lie close together on both sides make
// passages (cluster_seeds.h). Of passages that overlap in the suspect, the more similar one stays.
#pragma once

#include <span>
#include <vector>

#include "unspin/align/analyzed_pair.h"
#include "unspin/align/find_seeds.h"
#include "unspin/align/passage.h"

namespace unspin {

// Passages in the order of the suspect; they do not overlap there. Total.
std::vector<TokenPassage> FindPassages(const AnalyzedPair& pair, const PassageOptions& options);

struct SeededPassages {
  std::vector<TokenPassage> passages;  // of FindPassages
  std::vector<Seed> seeds;             // of FindSeeds
};
SeededPassages FindSeededPassages(const AnalyzedPair& pair, const PassageOptions& options);

// One list for each of several options; seeds are found once.
// REQUIRES: all options have the same thresholds of seeds.
std::vector<std::vector<TokenPassage>> FindPassages(const AnalyzedPair& pair, std::span<const PassageOptions> options);

}  // namespace unspin
