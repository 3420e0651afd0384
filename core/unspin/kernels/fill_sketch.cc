#include "unspin/kernels/fill_sketch.h"

#include <algorithm>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "unspin/kernels/fill_sketch.cc"
#include <hwy/foreach_target.h>  // IWYU pragma: keep
#include <hwy/highway.h>

#include "unspin/kernels/variant.h"

HWY_BEFORE_NAMESPACE();
namespace unspin::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Elements = hn::CappedTag<uint32_t, 16>;

constexpr size_t kBinMask = kSketchSize - 1;
// Up to so many empty bins are looked for one by one, which spares the stores.
constexpr size_t kFewBins = 6;

// MixElement.
template <class V>
HWY_INLINE V Mix(V x, V seed) {
  const Elements d;
  x = hn::Xor(x, seed);
  x = hn::Mul(hn::Xor(x, hn::ShiftRight<16>(x)), hn::Set(d, 0x7feb352du));
  x = hn::Mul(hn::Xor(x, hn::ShiftRight<15>(x)), hn::Set(d, 0x846ca68bu));
  return hn::Xor(x, hn::ShiftRight<16>(x));
}

// Elements spread over all bins.
HWY_INLINE void SpreadRound(const uint32_t* elements, size_t n, uint32_t seed, uint32_t round, uint32_t* components) {
  const Elements d;
  const size_t lanes = hn::Lanes(d);
  const uint32_t base = round << 24;
  alignas(64) uint32_t mixed[64];
  size_t i = 0;
  for (; i + 64 <= n; i += 64) {
    for (size_t k = 0; k < 64; k += lanes) {
      hn::Store(Mix(hn::LoadU(d, elements + i + k), hn::Set(d, seed)), d, mixed + k);
    }
    for (size_t k = 0; k < 64; ++k) {
      uint32_t& component = components[mixed[k] & kBinMask];
      component = std::min(component, base | mixed[k] >> 8);
    }
  }
  for (; i < n; ++i) {
    const uint32_t h = MixElement(elements[i], seed);
    uint32_t& component = components[h & kBinMask];
    component = std::min(component, base | h >> 8);
  }
}

// The same where only `bins` are empty yet: the others cannot change any more.
HWY_INLINE void FillFewBins(const uint32_t* elements, size_t n, uint32_t seed, uint32_t round, const uint32_t* bins,
                            size_t count, uint32_t* components) {
  const Elements d;
  const size_t lanes = hn::Lanes(d);
  alignas(64) uint32_t least[kFewBins][16];
  for (size_t k = 0; k < count; ++k) std::fill_n(least[k], 16, kEmptyComponent);
  size_t i = 0;
  for (; i + lanes <= n; i += lanes) {
    const auto h = Mix(hn::LoadU(d, elements + i), hn::Set(d, seed));
    const auto bin = hn::And(h, hn::Set(d, static_cast<uint32_t>(kBinMask)));
    const auto value = hn::ShiftRight<8>(h);
    for (size_t k = 0; k < count; ++k) {
      const auto old = hn::Load(d, least[k]);
      hn::Store(hn::IfThenElse(hn::Eq(bin, hn::Set(d, bins[k])), hn::Min(old, value), old), d, least[k]);
    }
  }
  for (; i < n; ++i) {
    const uint32_t h = MixElement(elements[i], seed);
    for (size_t k = 0; k < count; ++k) {
      if ((h & kBinMask) == bins[k]) least[k][0] = std::min(least[k][0], h >> 8);
    }
  }
  for (size_t k = 0; k < count; ++k) {
    const uint32_t value = *std::min_element(least[k], least[k] + lanes);
    if (value != kEmptyComponent) components[bins[k]] = round << 24 | value;
  }
}

void FillSketchVariant(const uint32_t* elements, size_t n, uint64_t seed, uint32_t* components) {
  std::fill_n(components, kSketchSize, kEmptyComponent);
  if (n == 0) return;
  uint32_t empty[kSketchSize];
  size_t empties = kSketchSize;
  for (uint32_t round = 0; round < 2 * kSketchSize && empties > 0; ++round) {
    const uint32_t round_seed = SketchRoundSeed(seed, round);
    if (round >= kSketchSize) {
      uint32_t least = kEmptyComponent;
      for (size_t i = 0; i < n; ++i) least = std::min(least, MixElement(elements[i], round_seed) >> 8);
      // All ones in the last round would read as empty.
      uint32_t& component = components[round - kSketchSize];
      component = std::min({component, round << 24 | least, kEmptyComponent - 1});
    } else if (empties <= kFewBins) {
      FillFewBins(elements, n, round_seed, round, empty, empties, components);
    } else {
      SpreadRound(elements, n, round_seed, round, components);
    }
    empties = 0;
    for (uint32_t bin = 0; bin < kSketchSize; ++bin) {
      empty[empties] = bin;
      empties += components[bin] == kEmptyComponent;
    }
  }
}

size_t CountEqualVariant(const uint32_t* a, const uint32_t* b) {
  const Elements d;
  size_t equal = 0;
  for (size_t i = 0; i < kSketchSize; i += hn::Lanes(d)) {
    equal += hn::CountTrue(d, hn::Eq(hn::LoadU(d, a + i), hn::LoadU(d, b + i)));
  }
  return equal;
}

}  // namespace unspin::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace unspin {

HWY_EXPORT(FillSketchVariant);
HWY_EXPORT(CountEqualVariant);

void FillSketch(const uint32_t* elements, size_t n, uint64_t seed, uint32_t* components) {
  ChooseKernels();
  HWY_DYNAMIC_DISPATCH(FillSketchVariant)(elements, n, seed, components);
}

size_t CountEqualComponents(const uint32_t* a, const uint32_t* b) {
  ChooseKernels();
  return HWY_DYNAMIC_DISPATCH(CountEqualVariant)(a, b);
}

}  // namespace unspin
#endif
