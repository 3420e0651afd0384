// Scores of articles, most of them zero or low → those that may be among the best.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace unspin {

inline constexpr size_t kScoreBlock = 16;  // articles: a line of the cache

struct ScoredOffset {
  uint32_t place;
  float score;
};

// Takes the scores that are not below what `least` says for the code of their block, and leaves zeros behind. One code
// for each block; `least` is above zero. Room for all of them in `taken`, ascending; returns how many.
size_t CollectAboveThreshold(float* scores, std::span<const uint8_t> codes, std::span<const float, 256> least,
                             ScoredOffset* taken);

}  // namespace unspin
