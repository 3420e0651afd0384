#include "unspin/kernels/fill_sketch.h"

#include <algorithm>
#include <bit>
#include <cstring>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "unspin/kernels/fill_sketch.cc"
#include <hwy/foreach_target.h>  // IWYU pragma: keep
#include <hwy/highway.h>

#include "unspin/kernels/sketch_hash.h"
#include "unspin/kernels/variant.h"

// One round over four elements; a hash has its bin in the low 7 bits and its value in the high 24:
//
//   hashes       value 9, bin 2   value 4, bin 0   value 7, bin 2   value 5, bin 3
//   spread       each to its bin; a bin keeps the smallest value
//   bins         4  -  7  5 …     bin 1 stays empty for the next round
//   components   round * 2^24 + value, only where they were empty before
//
// Bins hold the complement of the value above the bin bits, so that 0 is empty and the maximum is the smallest value.
// When few bins are empty, each is searched for in registers instead (SearchRound). Decisions 3 and 15.

HWY_BEFORE_NAMESPACE();
namespace unspin::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Elements = hn::CappedTag<uint32_t, 16>;
constexpr size_t kLanes = hn::MaxLanes(Elements());

constexpr uint32_t kValueBits = 0xffffff00;
// The bit between bin and value. It is set, so that no hash of an element looks like an empty bin.
constexpr uint32_t kSpareBit = 0x80;
static_assert(kSketchSize == kSpareBit);
// Up to this many empty bins SearchRound is used, which stores nothing.
constexpr size_t kFewBins = 6;

// Elements as whole vectors. The last vector begins early, so that some elements are in two vectors; repetition does
// not matter. REQUIRES: n >= kLanes.
struct Vectors {
  const uint32_t* elements;
  size_t n;
  size_t count = (n + kLanes - 1) / kLanes;

  const uint32_t* operator[](size_t i) const { return elements + std::min(i * kLanes, n - kLanes); }
};

// MixElement of each lane.
HWY_INLINE auto Mix(const uint32_t* elements, uint32_t seed) {
  const Elements d;
  auto x = hn::Xor(hn::LoadU(d, elements), hn::Set(d, seed));
  x = hn::Mul(hn::Xor(x, hn::ShiftRight<16>(x)), hn::Set(d, 0x7feb352du));
  x = hn::Mul(hn::Xor(x, hn::ShiftRight<15>(x)), hn::Set(d, 0x846ca68bu));
  return hn::Xor(x, hn::ShiftRight<16>(x));
}

// For each bin the greatest of its hashes with complemented values, that is the hash of the smallest value; 0 for an
// empty bin. (The maximum takes compilers one instruction less than the minimum.)
HWY_INLINE void SpreadRound(const Vectors& vectors, uint32_t seed, uint32_t* HWY_RESTRICT greatest) {
  const Elements d;
  // Unrolled, because compilers turn the loop into a call of memset or a repeated store, which start slowly.
#pragma GCC unroll 8
  for (size_t i = 0; i < kSketchSize; i += kLanes) hn::Store(hn::Zero(d), d, greatest + i);
  // Vectors are mixed a few steps before their hashes are spread: loads of hashes just stored would wait. Mixing uses
  // vector units and spreading does not, so both run at the same time.
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
  // The low byte, whose sign is the spare bit, is the number of the bin minus 128.
  uint32_t* const end = greatest + kSketchSize;
  const auto spread = [end](uint32_t h) HWY_ATTR {
    uint32_t& bin = end[static_cast<int8_t>(h)];
    bin = std::max(bin, h);
  };
  const auto spread_all = [&](size_t i) HWY_ATTR {
    const uint32_t* const hashes = mixed + i % kAhead * kLanes;
    // Loads of two hashes keep compilers from moving each hash to a vector register and back.
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

// Moves the values of a round to the components that were empty, and sets the bits of those that still are.
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
      // Read byte by byte, as it was written: a wider load would wait for the store to reach the cache.
      uint8_t mask[8];
      hn::StoreMaskBits(d, hn::Eq(now, empty), mask);
      bits |= uint64_t{mask[0]} << i;
      if (kLanes > 8) bits |= uint64_t{mask[1]} << (i + 8);
    }
    empty_bits[half] = bits;
  }
}

// Rotates each hash so that its bin and the spare bit are above its value.
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

// For each of kBins bins the smallest value of its elements, or 2^24 or more where it has none; all in registers.
template <size_t kBins>
HWY_INLINE void SearchRound(const Vectors& vectors, uint32_t seed, const uint32_t* bins, uint32_t* values) {
  const Elements d;
  // With the bin above the value, xor with the bin's number makes the hashes of this bin the smallest.
  const auto bin_of = [&](size_t k) HWY_ATTR { return hn::Set(d, (bins[k < kBins ? k : 0] | kSpareBit) << 24); };
  const auto bin0 = bin_of(0), bin1 = bin_of(1), bin2 = bin_of(2), bin3 = bin_of(3), bin4 = bin_of(4), bin5 = bin_of(5);
  const auto max = hn::Set(d, kEmptyComponent);
  auto min0 = max, min1 = max, min2 = max, min3 = max, min4 = max, min5 = max;
  for (size_t i = 0; i < vectors.count; i += 2) {
    const auto first = Turn(Mix(vectors[i], seed)), second = Turn(Mix(vectors[i + 1], seed));
    const auto search = [&](auto min, auto bin)
                            HWY_ATTR { return hn::Min(min, hn::Min(hn::Xor(first, bin), hn::Xor(second, bin))); };
    min0 = search(min0, bin0);
    min1 = search(min1, bin1);
    if constexpr (kBins > 2) {
      min2 = search(min2, bin2);
      min3 = search(min3, bin3);
    }
    if constexpr (kBins > 4) {
      min4 = search(min4, bin4);
      min5 = search(min5, bin5);
    }
  }
  const auto min_lane = [&](auto v) HWY_ATTR { return hn::GetLane(hn::MinOfLanes(d, v)); };
  values[0] = min_lane(min0);
  values[1] = min_lane(min1);
  if constexpr (kBins > 2) {
    values[2] = min_lane(min2);
    values[3] = min_lane(min3);
  }
  if constexpr (kBins > 4) {
    values[4] = min_lane(min4);
    values[5] = min_lane(min5);
  }
}

// Fills a few empty bins by searching; returns how many are still empty, and leaves those in `bins`.
HWY_INLINE size_t FillFew(const Vectors& vectors, uint32_t seed, uint32_t round, uint32_t* bins, size_t empties,
                          uint32_t* components) {
  uint32_t values[kFewBins];
  // The other entries repeat the first bin; what is found for them is ignored.
  for (size_t k = empties; k < kFewBins; ++k) bins[k] = bins[0];
  if (empties <= 2) {
    SearchRound<2>(vectors, seed, bins, values);
  } else if (empties <= 4) {
    SearchRound<4>(vectors, seed, bins, values);
  } else {
    SearchRound<6>(vectors, seed, bins, values);
  }
  size_t still_empty = 0;
  for (size_t k = 0; k < empties; ++k) {
    if (values[k] < 1u << 24) {
      components[bins[k]] = round << 24 | values[k];
    } else {
      bins[still_empty++] = bins[k];
    }
  }
  return still_empty;
}

// A round r >= 128, in which all elements go to bin r - 128. Returns whether the bin was empty.
HWY_INLINE bool FillOneBin(const uint32_t* elements, size_t n, uint32_t seed, uint32_t round, uint32_t* components) {
  uint32_t min_value = kEmptyComponent;
  for (size_t i = 0; i < n; ++i) min_value = std::min(min_value, MixElement(elements[i], seed) >> 8);
  uint32_t& component = components[round - kSketchSize];
  const bool was_empty = component == kEmptyComponent;
  // In the last round a value of all ones would look empty.
  component = std::min({component, round << 24 | min_value, kEmptyComponent - 1});
  return was_empty;
}

// The positions of the set bits, which are at most kFewBins.
HWY_INLINE void ListBins(const uint64_t (&empty_bits)[2], uint32_t* bins) {
  for (uint32_t half = 0; half < 2; ++half) {
    for (uint64_t bits = empty_bits[half]; bits != 0; bits &= bits - 1)
      *bins++ = half * 64 + static_cast<uint32_t>(std::countr_zero(bits));
  }
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
      empties -= FillOneBin(elements, n, round_seed, round, components) ? 1 : 0;
    } else if (empties <= kFewBins) {
      empties = FillFew(vectors, round_seed, round, bins, empties, components);
    } else {
      alignas(64) uint32_t greatest[kSketchSize];
      SpreadRound(vectors, round_seed, greatest);
      uint64_t bits[2];
      TakeFound(greatest, round, components, bits);
      empties = static_cast<size_t>(std::popcount(bits[0]) + std::popcount(bits[1]));
      if (empties <= kFewBins) ListBins(bits, bins);
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

void FillSketch(std::span<const uint32_t> elements, uint64_t seed, std::span<uint32_t, kSketchSize> components) {
  ChooseKernels();
  HWY_DYNAMIC_DISPATCH(FillSketchVariant)(elements.data(), elements.size(), seed, components.data());
}

size_t CountEqualComponents(std::span<const uint32_t, kSketchSize> a, std::span<const uint32_t, kSketchSize> b) {
  ChooseKernels();
  return HWY_DYNAMIC_DISPATCH(CountEqualVariant)(a.data(), b.data());
}

}  // namespace unspin
#endif
