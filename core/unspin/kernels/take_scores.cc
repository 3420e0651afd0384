#include "unspin/kernels/take_scores.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "unspin/kernels/take_scores.cc"
#include <hwy/foreach_target.h>  // IWYU pragma: keep
#include <hwy/highway.h>

#include "unspin/kernels/variant.h"

HWY_BEFORE_NAMESPACE();
namespace unspin::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Scores = hn::CappedTag<float, kScoreBlock>;

// Whether some score of the block may reach `least`; leaves zeros where none can. Nearly all fall short whatever their
// factors, which are then not fetched from memory. No branch: which ones do cannot be foreseen.
HWY_INLINE bool MayReach(const ScoreBlocks& blocks, size_t block, float scale, float least) {
  float* const scores = blocks.scores + block * kScoreBlock;
#if HWY_TARGET == HWY_SCALAR
  float highest = 0;
  for (size_t place = 0; place < kScoreBlock; ++place) highest = std::max(highest, scores[place]);
  const bool may = highest * scale * blocks.largest[block] >= least;
  for (size_t place = 0; place < kScoreBlock; ++place) scores[place] = may ? scores[place] : 0;
  return may;
#else
  const Scores d;
  const hn::RebindToUnsigned<Scores> d_bits;
  const size_t lanes = hn::Lanes(d);
  auto highest = hn::Zero(d);
  for (size_t i = 0; i < kScoreBlock; i += lanes) highest = hn::Max(highest, hn::LoadU(d, scores + i));
  const auto bound = hn::Mul(hn::Mul(highest, hn::Set(d, scale)), hn::Set(d, blocks.largest[block]));
  const bool may = !hn::AllFalse(d, hn::Ge(bound, hn::Set(d, least)));
  const auto keep = hn::BitCast(d, hn::Set(d_bits, 0 - uint32_t{may}));
  for (size_t i = 0; i < kScoreBlock; i += lanes) hn::StoreU(hn::And(hn::LoadU(d, scores + i), keep), d, scores + i);
  return may;
#endif
}

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

// Blocks that may reach, on their way: while some are fetched, those before them are taken.
struct Waiting {
  uint32_t blocks[kFetchedAtOnce];
  size_t count = 0;
};

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
  Waiting asked, fetched;
  const auto take_fetched = [&] {
    for (size_t i = 0; i < fetched.count; ++i) TakeBlock(blocks, fetched.blocks[i], scale, least, taken);
    fetched.count = 0;
    std::swap(asked, fetched);
  };
  // Where there is no more room: those not taken are to be met again, when the bar may have risen.
  const auto leave_fetched = [&] {
    for (size_t i = 0; i < fetched.count; ++i) blocks.touched[fetched.blocks[i]] = 1;
    return size_t{fetched.blocks[0]};
  };
  while (from < blocks.blocks) {
    const size_t count = std::min(blocks.blocks - from, kAtOnce);
    // Bits, not bytes: which blocks are touched cannot be foreseen, and each wrong guess costs more than a block.
    for (uint64_t bits = TouchedBits(blocks.touched + from, count); bits != 0; bits &= bits - 1) {
      const size_t block = from + static_cast<size_t>(std::countr_zero(bits));
      blocks.touched[block] = 0;
      asked.blocks[asked.count] = static_cast<uint32_t>(block);
      asked.count += MayReach(blocks, block, scale, least);
      if (asked.count < kFetchedAtOnce) continue;
      for (const uint32_t ahead : asked.blocks) __builtin_prefetch(blocks.factors + size_t{ahead} * kScoreBlock);
      take_fetched();
      if (taken.count >= kTakenAtOnce) return leave_fetched();
    }
    from += count;
  }
  take_fetched();
  if (taken.count >= kTakenAtOnce && fetched.count > 0) return leave_fetched();
  take_fetched();
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
