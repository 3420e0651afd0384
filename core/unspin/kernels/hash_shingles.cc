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

template <int kBits, class V>
HWY_INLINE V RotateLeft(V v) {
  return hn::RotateRight<64 - kBits>(v);
}

// Mix64 of base/hash.h.
template <class V>
HWY_INLINE V Mix(V v) {
  const Hashes d;
  v = hn::Add(v, hn::Set(d, 0x9e3779b97f4a7c15u));
  v = hn::Mul(hn::Xor(v, hn::ShiftRight<30>(v)), hn::Set(d, 0xbf58476d1ce4e5b9u));
  v = hn::Mul(hn::Xor(v, hn::ShiftRight<27>(v)), hn::Set(d, 0x94d049bb133111ebu));
  return hn::Xor(v, hn::ShiftRight<31>(v));
}

HWY_INLINE auto HashLanes(const uint64_t* words) {
  const Hashes d;
  auto sum = hn::Add(hn::Set(d, kShingleWords), hn::LoadU(d, words));
  sum = hn::Add(sum, RotateLeft<13>(hn::LoadU(d, words + 1)));
  sum = hn::Add(sum, RotateLeft<26>(hn::LoadU(d, words + 2)));
  sum = hn::Add(sum, RotateLeft<39>(hn::LoadU(d, words + 3)));
  sum = hn::Add(sum, RotateLeft<52>(hn::LoadU(d, words + 4)));
  return Mix(sum);
}

HWY_INLINE uint64_t HashOne(const uint64_t* words) {
  return Mix64(kShingleWords + words[0] + std::rotl(words[1], 13) + std::rotl(words[2], 26) + std::rotl(words[3], 39) +
               std::rotl(words[4], 52));
}

void HashShinglesVariant(const uint64_t* words, size_t n, uint64_t* hashes) {
  const Hashes d;
  const size_t lanes = hn::Lanes(d), count = n - 4;
  size_t i = 0;
  for (; i + lanes <= count; i += lanes) hn::StoreU(HashLanes(words + i), d, hashes + i);
  for (; i < count; ++i) hashes[i] = HashOne(words + i);
}

void FoldShinglesVariant(const uint64_t* words, size_t n, uint32_t* elements) {
  const Hashes d;
  const hn::Rebind<uint32_t, Hashes> half;
  const size_t lanes = hn::Lanes(d), count = n - 4;
  const auto fold = [&](size_t i) HWY_ATTR {
    const auto hash = HashLanes(words + i);
    const auto folded = hn::Xor(hash, hn::ShiftRight<32>(hash));
    hn::StoreU(hn::TruncateTo(half, folded), half, elements + i);
  };
  if (count >= lanes) {
    for (size_t i = 0; i + lanes <= count; i += lanes) fold(i);
    // The last ones once more: cheaper than one by one.
    if (count % lanes != 0) fold(count - lanes);
    return;
  }
  for (size_t i = 0; i < count; ++i) {
    const uint64_t hash = HashOne(words + i);
    elements[i] = static_cast<uint32_t>(hash ^ hash >> 32);
  }
}

size_t FoldAndSampleVariant(const uint64_t* words, size_t n, uint32_t* elements, uint64_t* sample) {
  const Hashes d;
  const hn::Rebind<uint32_t, Hashes> half;
  constexpr size_t kBlock = 256;
  alignas(64) uint64_t hashes[kBlock];
  const size_t lanes = hn::Lanes(d), count = n - 4;
  size_t sampled = 0;
  for (size_t begin = 0; begin < count; begin += kBlock) {
    const size_t size = count - begin < kBlock ? count - begin : kBlock;
    size_t i = 0;
    for (; i + lanes <= size; i += lanes) {
      const auto hash = HashLanes(words + begin + i);
      hn::Store(hash, d, hashes + i);
      hn::StoreU(hn::TruncateTo(half, hn::Xor(hash, hn::ShiftRight<32>(hash))), half, elements + begin + i);
    }
    for (; i < size; ++i) {
      hashes[i] = HashOne(words + begin + i);
      elements[begin + i] = static_cast<uint32_t>(hashes[i] ^ hashes[i] >> 32);
    }
    // One in 32 is kept: stores without a branch beat those of compressed vectors.
    for (i = 0; i < size; ++i) {
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
