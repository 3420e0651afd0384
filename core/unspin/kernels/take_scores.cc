#include "unspin/kernels/take_scores.h"

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

size_t TakeScoresVariant(const ScoreBlocks& blocks, size_t from, float scale, float least, TakenScores& taken) {
  for (; from < blocks.blocks && taken.count < kTakenAtOnce; ++from) {
    uint64_t eight;
    while (blocks.blocks - from >= sizeof eight) {
      std::memcpy(&eight, blocks.touched + from, sizeof eight);
      if (eight != 0) break;
      from += sizeof eight;
    }
    if (from == blocks.blocks) break;
    if (blocks.touched[from] == 0) continue;
    blocks.touched[from] = 0;
    TakeBlock(blocks, from, scale, least, taken);
  }
  return from;
}

}  // namespace unspin::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace unspin {

HWY_EXPORT(TakeScoresVariant);

size_t TakeScores(const ScoreBlocks& blocks, size_t from, float scale, float least, TakenScores& taken) {
  ChooseKernels();
  taken.count = 0;
  return HWY_DYNAMIC_DISPATCH(TakeScoresVariant)(blocks, from, scale, least, taken);
}

}  // namespace unspin
#endif
