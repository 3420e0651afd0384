#include "unspin/kernels/collect_above_threshold.h"

#include <bit>
#include <cstring>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "unspin/kernels/collect_above_threshold.cc"
#include <hwy/foreach_target.h>  // IWYU pragma: keep
#include <hwy/highway.h>

#include "unspin/kernels/variant.h"

HWY_BEFORE_NAMESPACE();
namespace unspin::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Scores = hn::CappedTag<float, kScoreBlock>;

// Which of a block are not below `bar`, as bits; leaves zeros. `block` keeps the scores.
HWY_INLINE uint32_t TakeBlock(float* scores, float bar, float* block) {
  const Scores d;
  uint32_t passing = 0;
  for (size_t i = 0; i < kScoreBlock; i += hn::Lanes(d)) {
    const auto some = hn::LoadU(d, scores + i);
    uint8_t bytes[8] = {};
    hn::StoreMaskBits(d, hn::Ge(some, hn::Set(d, bar)), bytes);
    uint16_t bits;
    std::memcpy(&bits, bytes, sizeof bits);
    passing |= uint32_t{bits} << i;
    hn::StoreU(some, d, block + i);
    hn::StoreU(hn::Zero(d), d, scores + i);
  }
  return passing;
}

size_t CollectAboveThresholdVariant(float* scores, const uint8_t* codes, size_t blocks, const float* least,
                                    ScoredOffset* taken) {
  float block[kScoreBlock];
  size_t count = 0;
  for (size_t b = 0; b < blocks; ++b) {
    for (uint32_t bits = TakeBlock(scores + b * kScoreBlock, least[codes[b]], block); bits != 0; bits &= bits - 1) {
      const auto place = static_cast<uint32_t>(std::countr_zero(bits));
      taken[count++] = {static_cast<uint32_t>(b * kScoreBlock) + place, block[place]};
    }
  }
  return count;
}

}  // namespace unspin::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace unspin {

HWY_EXPORT(CollectAboveThresholdVariant);

size_t CollectAboveThreshold(float* scores, std::span<const uint8_t> codes, std::span<const float, 256> least,
                             ScoredOffset* taken) {
  ChooseKernels();
  return HWY_DYNAMIC_DISPATCH(CollectAboveThresholdVariant)(scores, codes.data(), codes.size(), least.data(), taken);
}

}  // namespace unspin
#endif
