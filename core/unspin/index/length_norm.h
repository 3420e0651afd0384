// The norm by which an article's length divides its score, as a number and as a one-byte code.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "unspin/base/huge_pages.h"

namespace unspin {

// Long articles share many anchors with a suspect by chance. The norm is 1 for an article of a hundred anchors. It lies
// between no normalisation and that of a cosine, as in BM25 (Robertson and Walker, SIGIR 1994); the exponent is fitted
// on rewritten news (docs/method.md).
float LengthNorm(uint32_t anchors);

// An inverse norm, 1 / LengthNorm, in units of 1/64, rounded up: never below the number that it encodes.
using NormCode = uint8_t;
inline constexpr size_t kNormCodes = 256;

// REQUIRES: 0 < inverse_norm <= 1 / LengthNorm(0).
NormCode EncodeInverseNorm(float inverse_norm);

// The norms of the articles of a segment.
struct LengthNorms {
  // By article: 1 / LengthNorm. Huge pages, because large archives are looked up all over (performance note 28).
  std::vector<float, HugePageAllocator<float>> inverse;
  std::vector<NormCode> block_max_codes;  // by block of kScoreBlock articles: the code of the largest in the block

  static LengthNorms FromAnchorCounts(std::span<const uint32_t> anchor_counts);
};

// For each norm code the smallest sum of weights that can still reach a final score: the upper bound of block-max
// indexes (Ding and Suel, SIGIR 2011). An article below the threshold of its block needs no look at its own norm.
class ScoreThresholds {
 public:
  // final score = sum of weights × scale × inverse norm
  explicit ScoreThresholds(float scale) : scale_(scale) {}

  // The thresholds for `min_score`, each above zero: an article that shares nothing never reaches one. Computed again
  // only when `min_score` has changed.
  const std::array<float, kNormCodes>& For(float min_score);

 private:
  float scale_;
  float min_score_ = -1;  // of `thresholds_`
  std::array<float, kNormCodes> thresholds_;
};

}  // namespace unspin
