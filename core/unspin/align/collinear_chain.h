// Matches of two texts → the line on which they lie: where the partner of any word is expected.
//
// Collinear chaining: the heaviest chain of matches that ascends on both sides, less a cost for leaving the diagonal.
// By dynamic programming that looks back a bounded number of matches, as minimap2 does (Li, Bioinformatics 2018).
#pragma once

#include <cstdint>
#include <vector>

#include "unspin/base/span.h"

namespace unspin {

struct WeightedMatch {
  uint32_t suspect;  // tokens
  uint32_t original;
  double weight;
};

struct LinePoint {
  double suspect, original;  // tokens
};

// The points of the chain, ascending on both sides. Empty where there is no match. Each match looks back at a bounded
// number of matches, so that time is linear in their number.
std::vector<LinePoint> HeaviestChain(std::vector<WeightedMatch> matches);

// For each of the suspect's tokens, the position in the original on the line through these points: linear between two
// points, diagonal before the first and behind the last. REQUIRES: at least one point; points ascend on both sides.
std::vector<double> ExpectedPositions(const std::vector<LinePoint>& points, TokenSpan tokens);

}  // namespace unspin
