#include "unspin/index/length_norm.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

#include "unspin/kernels/collect_above_threshold.h"

namespace unspin {
namespace {

constexpr float kCodeUnits = 64;  // a code is in units of 1/64

}  // namespace

float LengthNorm(uint32_t anchors) { return std::pow((static_cast<float>(anchors) + 20.0f) / 120.0f, 0.75f); }

NormCode EncodeInverseNorm(float inverse_norm) {
  assert(inverse_norm > 0 && inverse_norm * kCodeUnits <= kNormCodes - 1);
  return static_cast<NormCode>(std::ceil(inverse_norm * kCodeUnits));
}

LengthNorms LengthNorms::FromAnchorCounts(std::span<const uint32_t> anchor_counts) {
  LengthNorms norms;
  norms.inverse.resize(anchor_counts.size());
  std::transform(anchor_counts.begin(), anchor_counts.end(), norms.inverse.begin(),
                 [](uint32_t count) { return 1 / LengthNorm(count); });
  for (auto block = norms.inverse.begin(); block != norms.inverse.end();) {
    const auto end = block + std::min<std::ptrdiff_t>(kScoreBlock, norms.inverse.end() - block);
    norms.block_max_codes.push_back(EncodeInverseNorm(*std::max_element(block, end)));
    block = end;
  }
  return norms;
}

const std::array<float, kNormCodes>& ScoreThresholds::For(float min_score) {
  if (min_score == min_score_) return thresholds_;
  min_score_ = min_score;
  // Final scores are computed by other operations in another order, so a threshold must not be above them by rounding.
  constexpr float kRoundingMargin = 0.9999f;
  for (size_t code = 0; code < thresholds_.size(); ++code) {
    const float factor = scale_ * static_cast<float>(code) / kCodeUnits;
    const float threshold = factor > 0 ? min_score / factor * kRoundingMargin : 0;
    thresholds_[code] = std::max(threshold, std::numeric_limits<float>::min());
  }
  return thresholds_;
}

}  // namespace unspin
