// First pass of word alignment: the best chain of equal words, in one order on both sides.
//
// Words are equal if they have one stem. Equally spelled words at both ends are matched first. The rest is a global
// alignment (Needleman and Wunsch 1970, kernels/chain_words.h). Where its matrix would be too large, words that occur
// once on each side are matched in their longest increasing order, and cut the spans (patience diff, Bram Cohen).
#pragma once

#include <cstdint>
#include <vector>

#include "unspin/align/analyzed_pair.h"
#include "unspin/base/span.h"

namespace unspin {

// Two tokens with one stem.
struct WordMatch {
  uint32_t original;
  uint32_t suspect;
};

// Matches ascend on both sides. A function word far from every other match is left out: it lines up by chance.
std::vector<WordMatch> ChainEqualWords(const AnalyzedPair& pair, TokenSpan original, TokenSpan suspect);

}  // namespace unspin
