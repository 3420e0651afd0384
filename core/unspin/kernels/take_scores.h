// Scores of articles, most of them zero or low → those that may still be among the best.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace unspin {

inline constexpr size_t kScoreBlock = 16;  // articles: a line of the cache

// Factors in one byte each, rounded up: bytes[i] * unit is not below factors[i], in floating point too.
struct RoughFactors {
  std::vector<uint8_t> bytes;
  float unit = 0;
};

// Factors must not be negative.
RoughFactors RoundUp(std::span<const float> factors);

struct ScoreBlocks {
  float* scores;         // kScoreBlock for each block
  uint8_t* touched;      // by block: 1 where a score may be, otherwise 0
  const float* factors;  // of each score, beside `scale`
  const uint8_t* rough;  // RoughFactors of these
  float rough_unit;
  size_t blocks;
};

inline constexpr size_t kTakenAtOnce = 128;

struct TakenScores {
  uint32_t articles[kTakenAtOnce + kScoreBlock];
  float scores[kTakenAtOnce + kScoreBlock];
  size_t count;
};

// Takes scores * scale * factors above 0 that are not below `least` into `taken`, from block `from` on, and leaves
// zeros behind. Returns where to go on: `blocks` at the end, or once kTakenAtOnce are taken.
size_t TakeScores(const ScoreBlocks& blocks, size_t from, float scale, float least, TakenScores& taken);

}  // namespace unspin
