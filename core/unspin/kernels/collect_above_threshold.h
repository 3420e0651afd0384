// Scores of articles, most of them zero or low → the few that reach a threshold, with zeros left behind.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace unspin {

inline constexpr size_t kScoreBlock = 16;  // scores that share a code: one cache line

struct ScoredOffset {
  uint32_t offset;
  float score;
};

// Finds the scores that are at least thresholds[codes[b]], where b is their block. Writes them to `found`, by ascending
// offset, and returns how many; afterwards all scores are zero. REQUIRES: scores.size() == codes.size() * kScoreBlock;
// every threshold is above zero; `found` has room for all that are found.
size_t CollectAboveThreshold(std::span<float> scores, std::span<const uint8_t> codes,
                             std::span<const float, 256> thresholds, std::span<ScoredOffset> found);

}  // namespace unspin
