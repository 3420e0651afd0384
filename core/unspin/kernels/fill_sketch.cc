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
constexpr size_t kLanes = hn::MaxLanes(Elements());

constexpr uint32_t kValueBits = 0xffffff00;
// A bit that is in neither bin nor value. Set, so that no hash of an element reads as an empty bin.
constexpr uint32_t kSpareBit = 0x80;
static_assert(kSketchSize == kSpareBit);
// Up to so many empty bins are looked for one by one, which spares the stores.
constexpr size_t kFewBins = 6;

// Elements in whole vectors, of which the last one begins early: that some stand in two of them does not matter.
// REQUIRES: n >= kLanes.
struct Vectors {
  const uint32_t* elements;
  size_t n;
  size_t count = (n + kLanes - 1) / kLanes;

  const uint32_t* operator[](size_t i) const { return elements + std::min(i * kLanes, n - kLanes); }
};

// MixElement.
HWY_INLINE auto Mix(const uint32_t* elements, uint32_t seed) {
  const Elements d;
  auto x = hn::Xor(hn::LoadU(d, elements), hn::Set(d, seed));
  x = hn::Mul(hn::Xor(x, hn::ShiftRight<16>(x)), hn::Set(d, 0x7feb352du));
  x = hn::Mul(hn::Xor(x, hn::ShiftRight<15>(x)), hn::Set(d, 0x846ca68bu));
  return hn::Xor(x, hn::ShiftRight<16>(x));
}

// The least hash of each bin, of hashes that share a bin the one of the least value: as what is greatest, with the bits
// of the value turned over, which takes compilers one instruction less; 0 is an empty bin.
HWY_INLINE void SpreadRound(const Vectors& vectors, uint32_t seed, uint32_t* HWY_RESTRICT greatest) {
  const Elements d;
  // Compilers make a call or a repeated store of the loop, which start slowly.
#pragma GCC unroll 8
  for (size_t i = 0; i < kSketchSize; i += kLanes) hn::Store(hn::Zero(d), d, greatest + i);
  // Mixed well ahead of the loads that want them, which would wait for a store just made, and yet beside the spreading:
  // the one takes vectors and the other does not.
  constexpr size_t kAhead = 4;
  alignas(64) uint32_t mixed[kAhead * kLanes];
  const auto mix = [&](size_t i) HWY_ATTR {
    const auto first = Mix(vectors[i], seed), second = Mix(vectors[i + 1], seed);
    const auto marked = [&](auto h)
                            HWY_ATTR { return hn::Xor(hn::Or(h, hn::Set(d, kSpareBit)), hn::Set(d, kValueBits)); };
    uint32_t* const to = mixed + i % kAhead * kLanes;
    hn::Store(marked(first), d, to);
    hn::Store(marked(second), d, to + kLanes);
  };
  // The spare bit is a byte's sign: the bins' numbers go from -128 to -1.
  uint32_t* const end = greatest + kSketchSize;
  const auto spread = [end](uint32_t h) HWY_ATTR {
    uint32_t& bin = end[static_cast<int8_t>(h)];
    bin = std::max(bin, h);
  };
  const auto spread_all = [&](size_t i) HWY_ATTR {
    const uint32_t* const hashes = mixed + i % kAhead * kLanes;
    // Two at a time, which also keeps compilers from moving each of them to a vector register and back.
#pragma GCC unroll 16
    for (size_t k = 0; k < 2 * kLanes; k += 2) {
      uint64_t two;
      std::memcpy(&two, hashes + k, sizeof two);
      spread(static_cast<uint32_t>(two));
      spread(static_cast<uint32_t>(two >> 32));
    }
  };
  const size_t ahead = std::min(kAhead, vectors.count);
  for (size_t i = 0; i < ahead; i += 2) mix(i);
  size_t i = ahead;
  for (; i < vectors.count; i += 2) {
    spread_all(i - kAhead);
    mix(i);
  }
  for (i -= ahead; i < vectors.count; i += 2) spread_all(i);
}

// What a round found into the components. The bits of those still empty.
HWY_INLINE void TakeFound(const uint32_t* greatest, uint32_t round, uint32_t* components, uint64_t (&empty_bits)[2]) {
  const Elements d;
  const auto empty = hn::Set(d, kEmptyComponent), rounds = hn::Set(d, round << 24 | kValueBits >> 8);
  for (size_t half = 0; half < 2; ++half) {
    uint64_t bits = 0;
    for (size_t i = 0; i < 64; i += kLanes) {
      const size_t at = half * 64 + i;
      const auto old = hn::LoadU(d, components + at), found = hn::Load(d, greatest + at);
      const auto value = hn::Xor(rounds, hn::ShiftRight<8>(found));
      const auto now = hn::IfThenElse(hn::Eq(found, hn::Zero(d)), old, hn::Min(old, value));
      hn::StoreU(now, d, components + at);
      // Read as it was written, a byte or two: a wider load would wait for the store to reach the cache.
      uint8_t part[8];
      hn::StoreMaskBits(d, hn::Eq(now, empty), part);
      bits |= uint64_t{part[0]} << i;
      if (kLanes > 8) bits |= uint64_t{part[1]} << (i + 8);
    }
    empty_bits[half] = bits;
  }
}

// Hashes with their bins, and the spare bit, above their values.
template <class V>
HWY_INLINE V Turn(V h) {
  const Elements d;
  h = hn::Or(h, hn::Set(d, kSpareBit));
#if HWY_TARGET == HWY_SCALAR
  return hn::RotateRight<8>(h);
#else
  const hn::Repartition<uint8_t, Elements> bytes;
  alignas(16) constexpr uint8_t kTurned[16] = {1, 2, 3, 0, 5, 6, 7, 4, 9, 10, 11, 8, 13, 14, 15, 12};
  return hn::BitCast(d, hn::TableLookupBytes(hn::BitCast(bytes, h), hn::LoadDup128(bytes, kTurned)));
#endif
}

// Of each bin the least value, as a component has it, or something beyond all values; in registers.
template <size_t kBins>
HWY_INLINE void SearchRound(const Vectors& vectors, uint32_t seed, const uint32_t* bins, uint32_t* values) {
  const Elements d;
  // With the bin above the value, the elements of a bin are the least where the bin's number is taken away.
  const auto bin_of = [&](size_t k) HWY_ATTR { return hn::Set(d, (bins[k < kBins ? k : 0] | kSpareBit) << 24); };
  const auto bin0 = bin_of(0), bin1 = bin_of(1), bin2 = bin_of(2), bin3 = bin_of(3), bin4 = bin_of(4), bin5 = bin_of(5);
  const auto most = hn::Set(d, kEmptyComponent);
  auto least0 = most, least1 = most, least2 = most, least3 = most, least4 = most, least5 = most;
  for (size_t i = 0; i < vectors.count; i += 2) {
    const auto first = Turn(Mix(vectors[i], seed)), second = Turn(Mix(vectors[i + 1], seed));
    const auto search = [&](auto least, auto bin)
                            HWY_ATTR { return hn::Min(least, hn::Min(hn::Xor(first, bin), hn::Xor(second, bin))); };
    least0 = search(least0, bin0);
    least1 = search(least1, bin1);
    if constexpr (kBins > 2) {
      least2 = search(least2, bin2);
      least3 = search(least3, bin3);
    }
    if constexpr (kBins > 4) {
      least4 = search(least4, bin4);
      least5 = search(least5, bin5);
    }
  }
  const auto least_of = [&](auto v) HWY_ATTR { return hn::GetLane(hn::MinOfLanes(d, v)); };
  values[0] = least_of(least0);
  values[1] = least_of(least1);
  if constexpr (kBins > 2) {
    values[2] = least_of(least2);
    values[3] = least_of(least3);
  }
  if constexpr (kBins > 4) {
    values[4] = least_of(least4);
    values[5] = least_of(least5);
  }
}

// Looks for a few empty bins; returns how many are left in `bins`.
HWY_INLINE size_t FillFew(const Vectors& vectors, uint32_t seed, uint32_t round, uint32_t* bins, size_t empties,
                          uint32_t* components) {
  uint32_t values[kFewBins];
  // A bin that stands twice is found twice.
  for (size_t k = empties; k < kFewBins; ++k) bins[k] = bins[0];
  if (empties <= 2) {
    SearchRound<2>(vectors, seed, bins, values);
  } else if (empties <= 4) {
    SearchRound<4>(vectors, seed, bins, values);
  } else {
    SearchRound<6>(vectors, seed, bins, values);
  }
  size_t left = 0;
  for (size_t k = 0; k < empties; ++k) {
    if (values[k] < 1u << 24) {
      components[bins[k]] = round << 24 | values[k];
    } else {
      bins[left++] = bins[k];
    }
  }
  return left;
}

void FillSketchVariant(const uint32_t* elements, size_t n, uint64_t seed, uint32_t* components) {
  const Elements d;
  for (size_t i = 0; i < kSketchSize; i += kLanes) hn::StoreU(hn::Set(d, kEmptyComponent), d, components + i);
  if (n == 0) return;
  uint32_t few[kLanes];
  if (n < kLanes) {
    for (size_t k = 0; k < kLanes; ++k) few[k] = elements[std::min(k, n - 1)];
    elements = few;
    n = kLanes;
  }
  const Vectors vectors{elements, n};
  uint32_t bins[kFewBins];
  size_t empties = kSketchSize;
  for (uint32_t round = 0; round < 2 * kSketchSize && empties > 0; ++round) {
    const uint32_t round_seed = SketchRoundSeed(seed, round);
    if (round >= kSketchSize) {
      uint32_t least = kEmptyComponent;
      for (size_t i = 0; i < n; ++i) least = std::min(least, MixElement(elements[i], round_seed) >> 8);
      // All ones in the last round would read as empty.
      uint32_t& component = components[round - kSketchSize];
      if (component == kEmptyComponent) --empties;
      component = std::min({component, round << 24 | least, kEmptyComponent - 1});
    } else if (empties <= kFewBins) {
      empties = FillFew(vectors, round_seed, round, bins, empties, components);
    } else {
      alignas(64) uint32_t greatest[kSketchSize];
      SpreadRound(vectors, round_seed, greatest);
      uint64_t bits[2];
      TakeFound(greatest, round, components, bits);
      empties = static_cast<size_t>(std::popcount(bits[0]) + std::popcount(bits[1]));
      if (empties > kFewBins) continue;
      uint32_t* bin = bins;
      for (uint32_t half = 0; half < 2; ++half) {
        for (uint64_t left = bits[half]; left != 0; left &= left - 1)
          *bin++ = half * 64 + static_cast<uint32_t>(std::countr_zero(left));
      }
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
