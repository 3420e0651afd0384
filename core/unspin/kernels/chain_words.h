// Two runs of words → their best chain of equal words, in one order on both sides.
//
// Global alignment with linear gaps (Needleman and Wunsch 1970). Cells of one anti-diagonal need none of each other,
// so that a vector of them is made at once (Wozniak 1997).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace unspin {

// What a word is worth in the chain. A content word is worth more than the function words that would line up anywhere;
// staying on the diagonal is cheaper than a gap.
inline constexpr int32_t kContentMatch = 30;
inline constexpr int32_t kFunctionMatch = 10;
inline constexpr int32_t kStemMatch = 22;  // at most, where only the keys are equal
inline constexpr int32_t kAdjacent = 8;    // bonus of a match right behind a match
inline constexpr int32_t kMismatch = -5;
inline constexpr int32_t kGap = -4;

// One entry for each word.
struct ChainSide {
  std::span<const uint32_t> keys;       // words match where these are equal
  std::span<const uint32_t> spellings;  // and match fully where these are, too
};

struct ChainMatch {
  uint32_t original;  // places in the two runs
  uint32_t suspect;
  friend bool operator==(const ChainMatch&, const ChainMatch&) = default;
};

// Scratch memory: up to 3 bytes for each pair of words.
struct ChainScratch {
  std::vector<uint32_t> numbers;
  std::vector<int32_t> scores;
  std::vector<uint8_t> trace;
};

// `worth`: of each word of the original, kContentMatch or kFunctionMatch. Appends the matches, ascending on both sides.
void ChainWords(const ChainSide& original, std::span<const int32_t> worth, const ChainSide& suspect,
                ChainScratch& scratch, std::vector<ChainMatch>& matches);

}  // namespace unspin
