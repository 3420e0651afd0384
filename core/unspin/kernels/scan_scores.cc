#include "unspin/kernels/scan_scores.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "unspin/kernels/scan_scores.cc"
#include <hwy/foreach_target.h>  // IWYU pragma: keep
#include <hwy/highway.h>

#include "unspin/kernels/variant.h"

HWY_BEFORE_NAMESPACE();
namespace unspin::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

size_t TakeScoresVariant(float* scores, const float* norms, float most_norm, size_t n, float scale, float least,
                         HighScore* high) {
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
    const auto scaled = hn::Mul(score, hn::Set(d, scale));
    const auto bound = hn::Set(d, least);
    const auto may_be = hn::And(hn::Gt(score, zero), hn::Ge(hn::Mul(scaled, hn::Set(d, most_norm)), bound));
    if (hn::AllFalse(d, may_be) ||
        hn::AllFalse(d, hn::And(may_be, hn::Ge(hn::Mul(scaled, hn::LoadU(d, norms + i)), bound)))) {
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

size_t TakeScores(float* scores, const float* norms, float most_norm, size_t n, float scale, float least,
                  HighScore* high) {
  ChooseKernels();
  return HWY_DYNAMIC_DISPATCH(TakeScoresVariant)(scores, norms, most_norm, n, scale, least, high);
}

}  // namespace unspin
#endif
