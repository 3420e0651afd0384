#include "unspin/kernels/collect_above_threshold.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstring>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "unspin/kernels/collect_above_threshold.cc"
#include <hwy/foreach_target.h>  // IWYU pragma: keep
#include <hwy/highway.h>

#include "unspin/kernels/variant.h"

// One block, here of eight scores; the threshold of its code is 5:
//
//   scores       0  7  0  2  0  0  5  0
//   above        .  1  .  .  .  .  1  .     scores >= threshold, as bits
//   found        (1, 7)  (6, 5)             one for each set bit
//   scores       0  0  0  0  0  0  0  0     afterwards
//
// Most blocks have no bit set, so a block costs a load, a comparison and a store for each vector. Decision 31 has the
// measurements.

HWY_BEFORE_NAMESPACE();
namespace unspin::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Scores = hn::CappedTag<float, kScoreBlock>;

// The scores of a block that are at least `threshold`, as bits. Moves the scores to `block` and leaves zeros.
HWY_INLINE uint32_t MoveBlock(float* scores, float threshold, float* block) {
  const Scores d;
  uint32_t above = 0;
  for (size_t i = 0; i < kScoreBlock; i += hn::Lanes(d)) {
    const auto vector = hn::LoadU(d, scores + i);
    uint8_t bytes[8] = {};
    hn::StoreMaskBits(d, hn::Ge(vector, hn::Set(d, threshold)), bytes);
    uint16_t bits;
    std::memcpy(&bits, bytes, sizeof bits);
    above |= uint32_t{bits} << i;
    hn::StoreU(vector, d, block + i);
    hn::StoreU(hn::Zero(d), d, scores + i);
  }
  return above;
}

size_t CollectAboveThresholdVariant(float* scores, const uint8_t* codes, size_t blocks, const float* thresholds,
                                    ScoredOffset* found) {
  float block[kScoreBlock];
  size_t count = 0;
  for (size_t b = 0; b < blocks; ++b) {
    for (uint32_t above = MoveBlock(scores + b * kScoreBlock, thresholds[codes[b]], block); above != 0;
         above &= above - 1) {
      const auto offset = static_cast<uint32_t>(std::countr_zero(above));
      found[count++] = {static_cast<uint32_t>(b * kScoreBlock) + offset, block[offset]};
    }
  }
  return count;
}

}  // namespace unspin::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace unspin {

HWY_EXPORT(CollectAboveThresholdVariant);

size_t CollectAboveThreshold(std::span<float> scores, std::span<const uint8_t> codes,
                             std::span<const float, 256> thresholds, std::span<ScoredOffset> found) {
  assert(scores.size() == codes.size() * kScoreBlock);
  assert(std::all_of(thresholds.begin(), thresholds.end(), [](float threshold) { return threshold > 0; }));
  ChooseKernels();
  const size_t count = HWY_DYNAMIC_DISPATCH(CollectAboveThresholdVariant)(scores.data(), codes.data(), codes.size(),
                                                                          thresholds.data(), found.data());
  assert(count <= found.size());
  return count;
}

}  // namespace unspin
#endif
