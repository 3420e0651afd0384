// Scores of articles, most of them zero or low → those that may still be among the best.
#pragma once

#include <cstddef>
#include <cstdint>

namespace unspin {

inline constexpr size_t kScoreBlock = 16;  // articles: a line of the cache

struct ScoreBlocks {
  float* scores;         // kScoreBlock for each block
  uint8_t* touched;      // by block: 1 where a score may be, otherwise 0
  const float* factors;  // of each score, beside `scale`; not negative
  const float* largest;  // by block: of its factors
  size_t blocks;
};

inline constexpr size_t kTakenAtOnce = 128;
inline constexpr size_t kFetchedAtOnce = 32;  // blocks whose factors are on their way from memory

struct TakenScores {
  static constexpr size_t kRoom = kTakenAtOnce + kFetchedAtOnce * kScoreBlock;
  uint32_t articles[kRoom];
  float scores[kRoom];
  size_t count;
};

// Takes scores * scale * factors above 0 that are not below `least` into `taken`, from block `from` on, and leaves
// zeros behind. Returns where to go on: `blocks` at the end, or once kTakenAtOnce or more are taken.
size_t TakeScores(const ScoreBlocks& blocks, size_t from, float scale, float least, TakenScores& taken);

}  // namespace unspin
