// Two runs of words → their best chain of equal words, in the same order on both sides.
//
// Global alignment with linear gap costs (Needleman and Wunsch 1970). Cells of one anti-diagonal do not depend on each
// other, so a vector of them is computed at once (Wozniak 1997; decision 20).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace unspin {

// What the steps of an alignment are worth. A match is worth what ChainWords is told for the original's word.
struct ChainScores {
  int32_t max_key_match;  // a match is worth at most this where only the keys are equal
  int32_t adjacent;       // bonus of a match right behind a match
  int32_t mismatch;       // a step over a word of each side that do not match
  int32_t gap;            // a step over a word of one side
};

// One entry for each word. REQUIRES: as many spellings as keys.
struct ChainSide {
  std::span<const uint32_t> keys;       // words match where these are equal
  std::span<const uint32_t> spellings;  // and match fully where these are equal, too
};

struct ChainMatch {
  uint32_t original;  // positions in the two runs
  uint32_t suspect;
  friend bool operator==(const ChainMatch&, const ChainMatch&) = default;
};

// Scratch memory: up to 3 bytes for each pair of words.
struct ChainScratch {
  std::vector<uint32_t> numbers;
  std::vector<int32_t> scores;
  std::vector<uint8_t> trace;
};

// Appends the matches to `matches`, ascending on both sides. `worth`: what a match of each word of the original is
// worth. Of equal scores a step over both words wins, then one over a word of the original.
// REQUIRES: one worth for each word of the original.
void ChainWords(const ChainSide& original, std::span<const int32_t> worth, const ChainSide& suspect,
                const ChainScores& scores, ChainScratch& scratch, std::vector<ChainMatch>& matches);

}  // namespace unspin
