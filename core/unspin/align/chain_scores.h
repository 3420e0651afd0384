// What matches, mismatches and gaps are worth when the words of two passages are aligned.
//
// A content word is worth more than a function word, which would match anywhere by chance. A mismatch is cheaper than
// the two gaps that it replaces.
#pragma once

#include <cstdint>

#include "unspin/kernels/chain_words.h"

namespace unspin {

inline constexpr int32_t kContentMatch = 30;
inline constexpr int32_t kFunctionMatch = 10;
inline constexpr int32_t kStemMatch = 22;  // at most, where the stems are equal and the spellings are not
inline constexpr int32_t kAdjacent = 8;    // bonus of a match right behind a match
inline constexpr int32_t kMismatch = -5;
inline constexpr int32_t kGap = -4;

inline constexpr ChainScores kChainScores = {kStemMatch, kAdjacent, kMismatch, kGap};

}  // namespace unspin
