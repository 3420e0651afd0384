#include "unspin/kernels/take_scores.h"

#include <algorithm>
#include <bit>
#include <cstring>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "unspin/kernels/take_scores.cc"
#include <hwy/foreach_target.h>  // IWYU pragma: keep
#include <hwy/highway.h>

#include "unspin/kernels/variant.h"

HWY_BEFORE_NAMESPACE();
namespace unspin::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Scores = hn::CappedTag<float, kScoreBlock>;

HWY_INLINE void TakeBlock(const ScoreBlocks& blocks, size_t block, float scale, float least, TakenScores& taken) {
  float* const scores = blocks.scores + block * kScoreBlock;
  const float* const factors = blocks.factors + block * kScoreBlock;
#if HWY_TARGET == HWY_SCALAR
  for (size_t place = 0; place < kScoreBlock; ++place) {
    const float score = scores[place] * scale * factors[place];
    scores[place] = 0;
    taken.articles[taken.count] = static_cast<uint32_t>(block * kScoreBlock + place);
    taken.scores[taken.count] = score;
    taken.count += (score > 0) & (score >= least);
  }
#else
  const Scores d;
  const size_t lanes = hn::Lanes(d);
  // Nearly all blocks fall short of `least` by the rough factors; the others, of which there are too many for the
  // cache, are then not fetched from memory.
  const hn::RebindToSigned<Scores> d_int;
  const hn::Rebind<uint8_t, Scores> d_byte;
  const uint8_t* const rough = blocks.rough + block * kScoreBlock;
  auto highest = hn::Zero(d);
  for (size_t i = 0; i < kScoreBlock; i += lanes) {
    const auto factor = hn::ConvertTo(d, hn::PromoteTo(d_int, hn::LoadU(d_byte, rough + i)));
    const auto bound =
        hn::Mul(hn::Mul(hn::LoadU(d, scores + i), hn::Set(d, scale)), hn::Mul(factor, hn::Set(d, blocks.rough_unit)));
    highest = hn::Max(highest, bound);
  }
  if (hn::AllTrue(d, hn::Lt(highest, hn::Set(d, least)))) {
    for (size_t i = 0; i < kScoreBlock; i += lanes) hn::StoreU(hn::Zero(d), d, scores + i);
    return;
  }
  alignas(64) float scaled[kScoreBlock];
  uint32_t passing = 0;
  for (size_t i = 0; i < kScoreBlock; i += lanes) {
    const auto score = hn::Mul(hn::Mul(hn::LoadU(d, scores + i), hn::Set(d, scale)), hn::LoadU(d, factors + i));
    const auto passes = hn::And(hn::Gt(score, hn::Zero(d)), hn::Ge(score, hn::Set(d, least)));
    hn::Store(score, d, scaled + i);
    hn::StoreU(hn::Zero(d), d, scores + i);
    uint8_t bytes[8] = {};
    hn::StoreMaskBits(d, passes, bytes);
    uint16_t bits;
    std::memcpy(&bits, bytes, sizeof bits);
    passing |= uint32_t{bits} << i;
  }
  for (; passing != 0; passing &= passing - 1) {
    const auto place = static_cast<size_t>(std::countr_zero(passing));
    taken.articles[taken.count] = static_cast<uint32_t>(block * kScoreBlock + place);
    taken.scores[taken.count++] = scaled[place];
  }
#endif
}

// The touched ones among up to 64 blocks, as bits.
HWY_INLINE uint64_t TouchedBits(const uint8_t* touched, size_t count) {
  uint64_t bits = 0;
  size_t i = 0;
#if HWY_TARGET != HWY_SCALAR
  const hn::CappedTag<uint8_t, 64> d;
  const size_t lanes = hn::Lanes(d);
  for (; i + lanes <= count; i += lanes) {
    uint8_t bytes[8] = {};
    hn::StoreMaskBits(d, hn::Ne(hn::LoadU(d, touched + i), hn::Zero(d)), bytes);
    uint64_t some;
    std::memcpy(&some, bytes, sizeof some);
    bits |= some << i;
  }
#endif
  for (; i < count; ++i) bits |= uint64_t{touched[i] != 0} << i;
  return bits;
}

size_t TakeScoresVariant(const ScoreBlocks& blocks, size_t from, float scale, float least, TakenScores& taken) {
  constexpr size_t kAtOnce = 64;
  while (from < blocks.blocks) {
    const size_t count = std::min(blocks.blocks - from, kAtOnce);
    // Bits, not bytes: which blocks are touched cannot be foreseen, and each wrong guess costs more than a block.
    for (uint64_t bits = TouchedBits(blocks.touched + from, count); bits != 0; bits &= bits - 1) {
      const size_t block = from + static_cast<size_t>(std::countr_zero(bits));
      if (taken.count >= kTakenAtOnce) return block;
      blocks.touched[block] = 0;
      TakeBlock(blocks, block, scale, least, taken);
    }
    from += count;
  }
  return from;
}

}  // namespace unspin::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace unspin {

HWY_EXPORT(TakeScoresVariant);

RoughFactors RoundUp(std::span<const float> factors) {
  RoughFactors rough;
  if (factors.empty()) return rough;
  // One step is left for what rounding takes away.
  rough.unit = *std::max_element(factors.begin(), factors.end()) / 254;
  if (rough.unit <= 0) rough.unit = 1;
  rough.bytes.reserve(factors.size());
  for (const float factor : factors) {
    auto steps = static_cast<uint32_t>(factor / rough.unit);
    while (static_cast<float>(steps) * rough.unit < factor) ++steps;
    rough.bytes.push_back(static_cast<uint8_t>(steps));
  }
  return rough;
}

size_t TakeScores(const ScoreBlocks& blocks, size_t from, float scale, float least, TakenScores& taken) {
  ChooseKernels();
  taken.count = 0;
  return HWY_DYNAMIC_DISPATCH(TakeScoresVariant)(blocks, from, scale, least, taken);
}

}  // namespace unspin
#endif
