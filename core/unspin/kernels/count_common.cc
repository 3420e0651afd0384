#include "unspin/kernels/count_common.h"

#include <algorithm>
#include <cassert>
#include <functional>
#include <utility>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "unspin/kernels/count_common.cc"
#include <hwy/foreach_target.h>  // IWYU pragma: keep
#include <hwy/highway.h>

#include "unspin/kernels/variant.h"

// With vectors of four lanes:
//
//   a              3  5  8  9          last 9
//   b              2  5  9 12          last 12
//   differences    a ^ 2, a ^ 5, a ^ 9, a ^ 12, each of all lanes
//   min            1  0  1  0          0: equal to one of b
//   equal          .  1  .  1          counted; then `a` advances, because 9 < 12

HWY_BEFORE_NAMESPACE();
namespace unspin::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Numbers = hn::CappedTag<uint32_t, 8>;

// Which lanes of x equal any of y. The minimum of the differences is computed in four independent chains: in one chain,
// or with masks, each instruction would wait for the one before.
HWY_INLINE hn::Mask<Numbers> AnyEqual(const uint32_t* x, const uint32_t* y) {
  const Numbers d;
  const size_t lanes = hn::Lanes(d);
  const auto vector = hn::LoadU(d, x);
  const auto difference = [&](size_t k) HWY_ATTR { return hn::Xor(vector, hn::Set(d, y[k])); };
  auto first = difference(0);
  if (lanes >= 4) {
    auto second = difference(1), third = difference(2), fourth = difference(3);
    for (size_t k = 4; k + 4 <= lanes; k += 4) {
      first = hn::Min(first, difference(k));
      second = hn::Min(second, difference(k + 1));
      third = hn::Min(third, difference(k + 2));
      fourth = hn::Min(fourth, difference(k + 3));
    }
    first = hn::Min(hn::Min(first, second), hn::Min(third, fourth));
  } else {
    for (size_t k = 1; k < lanes; ++k) first = hn::Min(first, difference(k));
  }
  return hn::Eq(first, hn::Zero(d));
}

// Common numbers of set[from, end) and `others`. REQUIRES: set[from, end) is a part of the last vector of the set.
HWY_INLINE size_t CountLastVector(std::span<const uint32_t> set, size_t from, std::span<const uint32_t> others) {
  const Numbers d;
  const size_t lanes = hn::Lanes(d);
  const auto vector = hn::LoadU(d, set.data() + set.size() - lanes);
  auto equal = hn::FirstN(d, 0);
  for (const uint32_t other : others) {
    if (other > set.back()) break;
    equal = hn::Or(equal, hn::Eq(vector, hn::Set(d, other)));
  }
  return hn::CountTrue(d, hn::AndNot(hn::FirstN(d, lanes - (set.size() - from)), equal));
}

size_t CountCommonVariant(std::span<const uint32_t> a, std::span<const uint32_t> b, size_t min_count) {
  const Numbers d;
  const size_t lanes = hn::Lanes(d);
  // Vectors between two checks whether `min_count` can still be reached: a check costs as much as a few vectors.
  constexpr size_t kRounds = 16;
  size_t i = 0, j = 0, common = 0;
  for (;;) {
    const size_t left = std::min(a.size() - i, b.size() - j);
    if (common + left < min_count) return 0;
    const size_t rounds = std::min(left / lanes, kRounds);
    if (rounds == 0) break;
    auto equal = hn::Zero(d);  // by lane
    for (size_t round = 0; round < rounds; ++round) {
      const uint32_t* const x = a.data() + i;
      const uint32_t* const y = b.data() + j;
      equal = hn::Sub(equal, hn::VecFromMask(d, AnyEqual(x, y)));
      const uint32_t x_last = x[lanes - 1], y_last = y[lanes - 1];
      i += x_last <= y_last ? lanes : 0;
      j += y_last <= x_last ? lanes : 0;
    }
    common += hn::GetLane(hn::SumOfLanes(d, equal));
  }
  const auto ends_in_a_vector = [&](std::span<const uint32_t> set, size_t at) {
    return set.size() >= lanes && set.size() - at < lanes;
  };
  if (ends_in_a_vector(a, i)) {
    common += CountLastVector(a, i, b.subspan(j));
  } else if (ends_in_a_vector(b, j)) {
    common += CountLastVector(b, j, a.subspan(i));
  } else {
    while (i < a.size() && j < b.size()) {
      const uint32_t x = a[i], y = b[j];
      common += x == y;
      i += x <= y;
      j += y <= x;
    }
  }
  return common < min_count ? 0 : common;
}

}  // namespace unspin::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace unspin {
namespace {

constexpr size_t kGallopRatio = 32;  // sizes, from which on galloping is faster

[[maybe_unused]] bool AscendsStrictly(std::span<const uint32_t> set) {
  return std::adjacent_find(set.begin(), set.end(), std::greater_equal<>()) == set.end();
}

size_t CountByGalloping(std::span<const uint32_t> few, std::span<const uint32_t> many, size_t min_count) {
  size_t common = 0;
  for (size_t i = 0; i < few.size() && !many.empty(); ++i) {
    if (common + few.size() - i < min_count) return 0;
    size_t step = 1;
    while (step < many.size() && many[step] < few[i]) step *= 2;
    // Binary search in the second half of the last step for the first number that is not below few[i], or the end.
    size_t low = step / 2, size = std::min(step + 1, many.size()) - low;
    while (size > 0) {
      const size_t half = size / 2;
      const bool below = many[low + half] < few[i];
      low += below ? half + 1 : 0;
      size = below ? size - half - 1 : half;
    }
    many = many.subspan(low);
    common += !many.empty() && many.front() == few[i];
  }
  return common < min_count ? 0 : common;
}

}  // namespace

HWY_EXPORT(CountCommonVariant);

size_t CountCommon(std::span<const uint32_t> a, std::span<const uint32_t> b, size_t min_count) {
  assert(AscendsStrictly(a) && AscendsStrictly(b));
  if (a.size() > b.size()) std::swap(a, b);
  if (a.size() < b.size() / kGallopRatio) return CountByGalloping(a, b, min_count);
  ChooseKernels();
  return HWY_DYNAMIC_DISPATCH(CountCommonVariant)(a, b, min_count);
}

}  // namespace unspin
#endif
