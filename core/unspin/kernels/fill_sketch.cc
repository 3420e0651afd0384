#include "unspin/kernels/fill_sketch.h"

#include <algorithm>
#include <bit>
#include <cstring>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "unspin/kernels/fill_sketch.cc"
#include <hwy/foreach_target.h>  // IWYU pragma: keep
#include <hwy/highway.h>

#include "unspin/kernels/variant.h"

HWY_BEFORE_NAMESPACE();
namespace unspin::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Elements = hn::CappedTag<uint32_t, 16>;

constexpr uint32_t kBinMask = kSketchSize - 1;
// A bit that is in neither bin nor value. Cleared, so that no hash of an element reads as an empty bin.
constexpr uint32_t kSpareBit = 0x80;
static_assert(kSketchSize == kSpareBit);
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

// The least hash of each bin: of hashes that share a bin the least has the least value.
HWY_INLINE void SpreadRound(const uint32_t* elements, size_t n, uint32_t seed, uint32_t* HWY_RESTRICT least) {
  const Elements d;
  const size_t lanes = hn::Lanes(d);
  const auto seeds = hn::Set(d, seed), keep = hn::Set(d, ~kSpareBit);
  std::fill_n(least, kSketchSize, kEmptyComponent);
  // Mixed well ahead of the loads that want them: those would wait for a store just made.
  constexpr size_t kBlock = 256;
  alignas(64) uint32_t mixed[kBlock];
  const auto spread = [least](uint32_t h) HWY_ATTR {
    uint32_t& bin = least[static_cast<uint8_t>(h)];  // the spare bit is its highest one
    bin = std::min(bin, h);
  };
  // Two at a time, which also keeps compilers from moving each of them to a vector register and back.
  const auto spread_two = [&](size_t k) HWY_ATTR {
    uint64_t two;
    std::memcpy(&two, mixed + k, sizeof two);
    spread(static_cast<uint32_t>(two));
    spread(static_cast<uint32_t>(two >> 32));
  };
  for (size_t begin = 0; begin < n; begin += kBlock) {
    const uint32_t* const block = elements + begin;
    const size_t count = std::min(kBlock, n - begin);
    const auto mix_at = [&](size_t k)
                            HWY_ATTR { hn::StoreU(hn::And(Mix(hn::LoadU(d, block + k), seeds), keep), d, mixed + k); };
    if (count >= lanes) {
      for (size_t k = 0; k + lanes <= count; k += lanes) mix_at(k);
      // The last ones once more: cheaper than one by one.
      if (count % lanes != 0) mix_at(count - lanes);
    } else {
      for (size_t k = 0; k < count; ++k) mixed[k] = MixElement(block[k], seed) & ~kSpareBit;
    }
    size_t k = 0;
    for (; k + 4 <= count; k += 4) {
      spread_two(k);
      spread_two(k + 2);
    }
    for (; k < count; ++k) spread(mixed[k]);
  }
}

// The same for `kBins` bins, in registers; least[k] is that of bins[k].
template <size_t kBins>
HWY_INLINE void SearchRound(const uint32_t* elements, size_t n, uint32_t seed, const uint32_t* bins, uint32_t* least) {
  const Elements d;
  const size_t lanes = hn::Lanes(d);
  const auto empty = hn::Set(d, kEmptyComponent), mask = hn::Set(d, kBinMask), seeds = hn::Set(d, seed);
  const auto keep = hn::Set(d, ~kSpareBit);
  const auto bin_of = [&](size_t k) HWY_ATTR { return hn::Set(d, bins[k < kBins ? k : 0]); };
  const auto bin0 = bin_of(0), bin1 = bin_of(1), bin2 = bin_of(2), bin3 = bin_of(3), bin4 = bin_of(4), bin5 = bin_of(5);
  auto least0 = empty, least1 = empty, least2 = empty, least3 = empty, least4 = empty, least5 = empty;
  const auto search = [&](auto h) HWY_ATTR {
    const auto bin = hn::And(h, mask);
    least0 = hn::Min(least0, hn::IfThenElse(hn::Eq(bin, bin0), h, empty));
    if constexpr (kBins > 1) least1 = hn::Min(least1, hn::IfThenElse(hn::Eq(bin, bin1), h, empty));
    if constexpr (kBins > 2) least2 = hn::Min(least2, hn::IfThenElse(hn::Eq(bin, bin2), h, empty));
    if constexpr (kBins > 3) least3 = hn::Min(least3, hn::IfThenElse(hn::Eq(bin, bin3), h, empty));
    if constexpr (kBins > 4) least4 = hn::Min(least4, hn::IfThenElse(hn::Eq(bin, bin4), h, empty));
    if constexpr (kBins > 5) least5 = hn::Min(least5, hn::IfThenElse(hn::Eq(bin, bin5), h, empty));
  };
  const auto search_at = [&](const uint32_t* at) HWY_ATTR { search(hn::And(Mix(hn::LoadU(d, at), seeds), keep)); };
  if (n >= lanes) {
    for (size_t i = 0; i + lanes <= n; i += lanes) search_at(elements + i);
    if (n % lanes != 0) search_at(elements + n - lanes);
  } else {
    alignas(64) uint32_t few[16];
    for (size_t k = 0; k < lanes; ++k) few[k] = elements[std::min(k, n - 1)];
    search_at(few);
  }
  const auto least_of = [&](auto v) HWY_ATTR { return hn::GetLane(hn::MinOfLanes(d, v)); };
  least[0] = least_of(least0);
  if constexpr (kBins > 1) least[1] = least_of(least1);
  if constexpr (kBins > 2) least[2] = least_of(least2);
  if constexpr (kBins > 3) least[3] = least_of(least3);
  if constexpr (kBins > 4) least[4] = least_of(least4);
  if constexpr (kBins > 5) least[5] = least_of(least5);
}

// Up to kFewBins empty bins, written to `bins`; returns how many there are.
HWY_INLINE size_t FindEmptyBins(const uint32_t* components, uint32_t* bins) {
  const Elements d;
  const auto bits_of = [&](size_t half) HWY_ATTR {
    uint64_t bits = 0;
    for (size_t i = 0; i < 64; i += hn::Lanes(d)) {
      // Read as it was written, a byte or two: a wider load would wait for the store to reach the cache.
      uint8_t part[8];
      hn::StoreMaskBits(d, hn::Eq(hn::LoadU(d, components + half * 64 + i), hn::Set(d, kEmptyComponent)), part);
      bits |= uint64_t{part[0]} << i;
      if (hn::Lanes(d) > 8) bits |= uint64_t{part[1]} << (i + 8);
    }
    return bits;
  };
  const uint64_t bits[2] = {bits_of(0), bits_of(1)};
  const size_t count = static_cast<size_t>(std::popcount(bits[0]) + std::popcount(bits[1]));
  if (count > kFewBins) return count;
  for (uint32_t half = 0; half < 2; ++half) {
    for (uint64_t left = bits[half]; left != 0; left &= left - 1)
      *bins++ = half * 64 + static_cast<uint32_t>(std::countr_zero(left));
  }
  return count;
}

void FillSketchVariant(const uint32_t* elements, size_t n, uint64_t seed, uint32_t* components) {
  const Elements d;
  std::fill_n(components, kSketchSize, kEmptyComponent);
  if (n == 0) return;
  uint32_t bins[kFewBins];
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
      uint32_t least[kFewBins];
      switch (empties) {
        case 1:
          SearchRound<1>(elements, n, round_seed, bins, least);
          break;
        case 2:
          SearchRound<2>(elements, n, round_seed, bins, least);
          break;
        case 3:
          SearchRound<3>(elements, n, round_seed, bins, least);
          break;
        case 4:
          SearchRound<4>(elements, n, round_seed, bins, least);
          break;
        default:
          // A bin that stands twice is found twice.
          if (empties == 5) bins[5] = bins[0];
          SearchRound<6>(elements, n, round_seed, bins, least);
      }
      for (size_t k = 0; k < empties; ++k) {
        if (least[k] != kEmptyComponent) components[bins[k]] = round << 24 | least[k] >> 8;
      }
    } else {
      alignas(64) uint32_t least[kSketchSize];
      SpreadRound(elements, n, round_seed, least);
      const auto empty = hn::Set(d, kEmptyComponent), rounds = hn::Set(d, round << 24);
      for (size_t i = 0; i < kSketchSize; i += hn::Lanes(d)) {
        const auto old = hn::LoadU(d, components + i), found = hn::Load(d, least + i);
        const auto fresh = hn::IfThenElse(hn::Eq(found, empty), empty, hn::Or(rounds, hn::ShiftRight<8>(found)));
        hn::StoreU(hn::Min(old, fresh), d, components + i);
      }
    }
    empties = FindEmptyBins(components, bins);
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
