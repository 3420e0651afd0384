#include "unspin/kernels/scan_scores.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "unspin/kernels/scan_scores.cc"
#include <hwy/foreach_target.h>  // IWYU pragma: keep
#include <hwy/highway.h>

#include "unspin/kernels/variant.h"

HWY_BEFORE_NAMESPACE();
namespace unspin::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

size_t TakeScoresVariant(float* scores, const float* norms, size_t n, float scale, float least, HighScore* high) {
  const hn::CappedTag<float, 16> d;
  const size_t lanes = hn::Lanes(d);
  const auto zero = hn::Zero(d);
  size_t count = 0, i = 0;
  const auto take = [&](size_t at) {
    high[count] = {static_cast<uint32_t>(at), scores[at] * scale * norms[at]};
    count += scores[at] > 0 && high[count].score >= least;
    scores[at] = 0;
  };
  for (; i + lanes <= n; i += lanes) {
    const auto score = hn::LoadU(d, scores + i);
    const auto scaled = hn::Mul(hn::Mul(score, hn::Set(d, scale)), hn::LoadU(d, norms + i));
    // Few are: those are looked at one by one.
    if (hn::AllFalse(d, hn::And(hn::Gt(score, zero), hn::Ge(scaled, hn::Set(d, least))))) {
      hn::StoreU(zero, d, scores + i);
    } else {
      for (size_t k = 0; k < lanes; ++k) take(i + k);
    }
  }
  for (; i < n; ++i) take(i);
  return count;
}

}  // namespace unspin::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace unspin {

HWY_EXPORT(TakeScoresVariant);

size_t TakeScores(float* scores, const float* norms, size_t n, float scale, float least, HighScore* high) {
  ChooseKernels();
  return HWY_DYNAMIC_DISPATCH(TakeScoresVariant)(scores, norms, n, scale, least, high);
}

}  // namespace unspin
#endif
