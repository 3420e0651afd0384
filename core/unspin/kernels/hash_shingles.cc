#include "unspin/kernels/hash_shingles.h"

#include <bit>
#include <cassert>

#include "unspin/base/hash.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "unspin/kernels/hash_shingles.cc"
#include <hwy/foreach_target.h>  // IWYU pragma: keep
#include <hwy/highway.h>

#include "unspin/kernels/variant.h"

// Lane i of each vector belongs to shingle i; the words are loaded five times, one word further each time:
//
//   words[0 …]     w0  w1  w2  w3 …
//   words[1 …]     w1  w2  w3  w4 …    rotated by 13 bits
//   words[2 …]     w2  w3  w4  w5 …    by 26 bits; and so on up to words[4 …], by 52 bits
//   sum + 5        s0  s1  s2  s3 …    the additions wrap around
//   hashes         Mix64 of each lane (SplitMix64's finaliser)
//
// Decision 16 defines the hash.

HWY_BEFORE_NAMESPACE();
namespace unspin::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Hashes = hn::CappedTag<uint64_t, 8>;

// Vectors before AVX-512 multiply 32-bit numbers only.
#undef UNSPIN_PRODUCT_BY_HALVES
#define UNSPIN_PRODUCT_BY_HALVES (HWY_TARGET == HWY_AVX2 || HWY_TARGET == HWY_SSE4 || HWY_TARGET == HWY_SSSE3)

template <int kBits, class V>
HWY_INLINE V RotateLeft(V v) {
  return hn::RotateRight<64 - kBits>(v);
}

// The product of each lane, modulo 2^64.
template <class V>
HWY_INLINE V Multiply(V v, uint64_t factor) {
  const Hashes d;
#if UNSPIN_PRODUCT_BY_HALVES
  // Halves change places by shuffles, not by shifts: these processors have few units that shift, and the rotations keep
  // them busy.
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

// Mix64 (base/hash.h) of each lane, without its first addition.
template <class V>
HWY_INLINE V Mix(V v) {
  v = Multiply(hn::Xor(v, hn::ShiftRight<30>(v)), 0xbf58476d1ce4e5b9u);
  v = Multiply(hn::Xor(v, hn::ShiftRight<27>(v)), 0x94d049bb133111ebu);
  return hn::Xor(v, hn::ShiftRight<31>(v));
}

HWY_INLINE auto HashLanes(const uint64_t* words) {
  const Hashes d;
  // The second constant is the one that Mix64 adds first.
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

// Calls many(i) for the kLanes shingles from i on and one(i) for a single one, so that each i in [0, count) is covered;
// some are covered twice.
template <class Many, class One>
HWY_INLINE void ForEachHash(size_t count, const Many& many, const One& one) {
  constexpr size_t kLanes = hn::MaxLanes(Hashes());
  // Without a vector product of 64 bits some hashes are computed without vectors, by units that would idle otherwise.
  constexpr size_t kScalar = UNSPIN_PRODUCT_BY_HALVES ? kLanes / 2 : 0;
  static_assert(kScalar <= 2);
  constexpr size_t kStep = kLanes + kScalar;
  const auto step = [&](size_t i) HWY_ATTR {
    many(i);
    if constexpr (kScalar > 0) one(i + kLanes);
    if constexpr (kScalar > 1) one(i + kLanes + 1);
  };
  if (count >= kStep) {
    for (size_t i = 0; i + kStep <= count; i += kStep) step(i);
    // The last step overlaps the one before: cheaper than single shingles.
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
  constexpr size_t kBlock = 240;  // shingles; a multiple of every kStep
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
    // One in 8 is kept. Unpredictable, so each is stored and the position advances only for those that stay (no
    // branch); faster than compressed stores of vectors.
    for (size_t i = 0; i < count; ++i) {
      sample[sampled] = hashes[i];
      sampled += hashes[i] >> 61 == 0;
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

void HashShinglesOfFive(std::span<const uint64_t> words, std::span<uint64_t> hashes) {
  assert(words.size() >= kShingleWords && hashes.size() >= words.size() - kShingleWords + 1);
  ChooseKernels();
  HWY_DYNAMIC_DISPATCH(HashShinglesVariant)(words.data(), words.size(), hashes.data());
}

void FoldShinglesOfFive(std::span<const uint64_t> words, std::span<uint32_t> elements) {
  assert(words.size() >= kShingleWords && elements.size() >= words.size() - kShingleWords + 1);
  ChooseKernels();
  HWY_DYNAMIC_DISPATCH(FoldShinglesVariant)(words.data(), words.size(), elements.data());
}

size_t FoldAndSampleShinglesOfFive(std::span<const uint64_t> words, std::span<uint32_t> elements,
                                   std::span<uint64_t> sample) {
  assert(words.size() >= kShingleWords && elements.size() >= words.size() - kShingleWords + 1 &&
         sample.size() >= words.size() - kShingleWords + 1);
  ChooseKernels();
  return HWY_DYNAMIC_DISPATCH(FoldAndSampleVariant)(words.data(), words.size(), elements.data(), sample.data());
}

}  // namespace unspin
#endif
