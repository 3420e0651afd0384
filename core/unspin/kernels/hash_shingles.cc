#include "unspin/kernels/hash_shingles.h"

#include <bit>

#include "unspin/base/hash.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "unspin/kernels/hash_shingles.cc"
#include <hwy/foreach_target.h>  // IWYU pragma: keep
#include <hwy/highway.h>

#include "unspin/kernels/variant.h"

HWY_BEFORE_NAMESPACE();
namespace unspin::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Hashes = hn::CappedTag<uint64_t, 8>;

// Vectors before AVX-512 multiply halves of such numbers only.
#undef UNSPIN_PRODUCT_BY_HALVES
#define UNSPIN_PRODUCT_BY_HALVES (HWY_TARGET == HWY_AVX2 || HWY_TARGET == HWY_SSE4 || HWY_TARGET == HWY_SSSE3)

template <int kBits, class V>
HWY_INLINE V RotateLeft(V v) {
  return hn::RotateRight<64 - kBits>(v);
}

// The product modulo 2^64.
template <class V>
HWY_INLINE V Multiply(V v, uint64_t factor) {
  const Hashes d;
#if UNSPIN_PRODUCT_BY_HALVES
  // Halves trade places by shuffles: processors without such a product have few units that shift, and all of them are
  // taken by the rotations.
  const hn::Repartition<uint32_t, Hashes> halves;
  const hn::Repartition<uint8_t, Hashes> bytes;
  constexpr uint8_t kZero = 0x80;
  alignas(16) constexpr uint8_t kUp[16] = {kZero, kZero, kZero, kZero, 0, 1, 2,  3,
                                           kZero, kZero, kZero, kZero, 8, 9, 10, 11};
  const auto low_factor = hn::BitCast(halves, hn::Set(d, factor)),
             high_factor = hn::BitCast(halves, hn::Set(d, factor >> 32));
  const auto low = hn::BitCast(halves, v), high = hn::Shuffle2301(low);
  const auto middle = hn::Add(hn::MulEven(high, low_factor), hn::MulEven(low, high_factor));
  const auto up = hn::TableLookupBytesOr0(hn::BitCast(bytes, middle), hn::LoadDup128(bytes, kUp));
  return hn::Add(hn::MulEven(low, low_factor), hn::BitCast(d, up));
#else
  return hn::Mul(v, hn::Set(d, factor));
#endif
}

// Mix64 of base/hash.h.
template <class V>
HWY_INLINE V Mix(V v) {
  v = Multiply(hn::Xor(v, hn::ShiftRight<30>(v)), 0xbf58476d1ce4e5b9u);
  v = Multiply(hn::Xor(v, hn::ShiftRight<27>(v)), 0x94d049bb133111ebu);
  return hn::Xor(v, hn::ShiftRight<31>(v));
}

HWY_INLINE auto HashLanes(const uint64_t* words) {
  const Hashes d;
  // What Mix64 adds first is added here.
  auto sum = hn::Add(hn::Set(d, kShingleWords + 0x9e3779b97f4a7c15u), hn::LoadU(d, words));
  sum = hn::Add(sum, RotateLeft<13>(hn::LoadU(d, words + 1)));
  sum = hn::Add(sum, RotateLeft<26>(hn::LoadU(d, words + 2)));
  sum = hn::Add(sum, RotateLeft<39>(hn::LoadU(d, words + 3)));
  sum = hn::Add(sum, RotateLeft<52>(hn::LoadU(d, words + 4)));
  return Mix(sum);
}

template <class V>
HWY_INLINE void StoreFolded(V hash, uint32_t* elements) {
  const hn::Rebind<uint32_t, Hashes> half;
#if HWY_TARGET == HWY_AVX2
  const auto halves = hn::BitCast(hn::Repartition<uint32_t, Hashes>(), hash);
  const auto low = hn::LowerHalf(half, halves), high = hn::UpperHalf(half, halves);
  hn::StoreU(hn::Xor(hn::ConcatEven(half, high, low), hn::ConcatOdd(half, high, low)), half, elements);
#else
  hn::StoreU(hn::TruncateTo(half, hn::Xor(hash, hn::ShiftRight<32>(hash))), half, elements);
#endif
}

HWY_INLINE uint64_t HashOne(const uint64_t* words) {
  return Mix64(kShingleWords + words[0] + std::rotl(words[1], 13) + std::rotl(words[2], 26) + std::rotl(words[3], 39) +
               std::rotl(words[4], 52));
}

HWY_INLINE uint32_t Folded(uint64_t hash) { return static_cast<uint32_t>(hash ^ hash >> 32); }

// Calls for every i below `count`, for some twice: `many` for kLanes from i on, `one` for one.
template <class Many, class One>
HWY_INLINE void ForEachHash(size_t count, const Many& many, const One& one) {
  constexpr size_t kLanes = hn::MaxLanes(Hashes());
  // Where vectors have no such product, some of the hashes are made beside them, by units that would idle.
  constexpr size_t kBeside = UNSPIN_PRODUCT_BY_HALVES ? kLanes / 2 : 0;
  constexpr size_t kStep = kLanes + kBeside;
  const auto step = [&](size_t i) HWY_ATTR {
    many(i);
    if constexpr (kBeside > 0) one(i + kLanes);
    if constexpr (kBeside > 1) one(i + kLanes + 1);
  };
  static_assert(kBeside <= 2);
  if (count >= kStep) {
    for (size_t i = 0; i + kStep <= count; i += kStep) step(i);
    // The last ones once more: cheaper than one by one.
    if (count % kStep != 0) step(count - kStep);
  } else {
    for (size_t i = 0; i < count; ++i) one(i);
  }
}

void HashShinglesVariant(const uint64_t* words, size_t n, uint64_t* hashes) {
  ForEachHash(
      n - 4, [&](size_t i) HWY_ATTR { hn::StoreU(HashLanes(words + i), Hashes(), hashes + i); },
      [&](size_t i) HWY_ATTR { hashes[i] = HashOne(words + i); });
}

void FoldShinglesVariant(const uint64_t* words, size_t n, uint32_t* elements) {
  ForEachHash(
      n - 4, [&](size_t i) HWY_ATTR { StoreFolded(HashLanes(words + i), elements + i); },
      [&](size_t i) HWY_ATTR { elements[i] = Folded(HashOne(words + i)); });
}

size_t FoldAndSampleVariant(const uint64_t* words, size_t n, uint32_t* elements, uint64_t* sample) {
  constexpr size_t kBlock = 240;  // a multiple of what ForEachHash does in a step
  alignas(64) uint64_t hashes[kBlock];
  size_t sampled = 0;
  for (size_t begin = 0; begin < n - 4; begin += kBlock, words += kBlock, elements += kBlock) {
    const size_t count = n - 4 - begin < kBlock ? n - 4 - begin : kBlock;
    ForEachHash(
        count,
        [&](size_t i) HWY_ATTR {
          const auto hash = HashLanes(words + i);
          hn::StoreU(hash, Hashes(), hashes + i);
          StoreFolded(hash, elements + i);
        },
        [&](size_t i) HWY_ATTR {
          hashes[i] = HashOne(words + i);
          elements[i] = Folded(hashes[i]);
        });
    // One in 32 is kept: stores without a branch beat those of compressed vectors.
    for (size_t i = 0; i < count; ++i) {
      sample[sampled] = hashes[i];
      sampled += hashes[i] >> 59 == 0;
    }
  }
  return sampled;
}

}  // namespace unspin::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace unspin {

HWY_EXPORT(HashShinglesVariant);
HWY_EXPORT(FoldShinglesVariant);
HWY_EXPORT(FoldAndSampleVariant);

void HashShinglesOfFive(const uint64_t* words, size_t n, uint64_t* hashes) {
  ChooseKernels();
  HWY_DYNAMIC_DISPATCH(HashShinglesVariant)(words, n, hashes);
}

void FoldShinglesOfFive(const uint64_t* words, size_t n, uint32_t* elements) {
  ChooseKernels();
  HWY_DYNAMIC_DISPATCH(FoldShinglesVariant)(words, n, elements);
}

size_t FoldAndSampleShinglesOfFive(const uint64_t* words, size_t n, uint32_t* elements, uint64_t* sample) {
  ChooseKernels();
  return HWY_DYNAMIC_DISPATCH(FoldAndSampleVariant)(words, n, elements, sample);
}

}  // namespace unspin
#endif
