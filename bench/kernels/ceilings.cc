#include "kernels/ceilings.h"

#include <hwy/highway.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

#include "unspin/base/word_hash.h"
#include "unspin/kernels/fill_sketch.h"

namespace unspin::bench {

namespace hn = hwy::HWY_NAMESPACE;

uint64_t ReadNumbers(std::span<const uint32_t> numbers) {
  uint32_t sum = 0;
  for (const uint32_t number : numbers) sum += number;
  return sum;
}

size_t CompareStreaming(std::span<const uint32_t> one, std::span<const uint32_t> many) {
  const hn::ScalableTag<uint32_t> d;
  size_t equal = 0;
  for (size_t at = 0; at < many.size(); at += kSketchSize) {
    auto sum = hn::Zero(d);
    for (size_t i = 0; i < kSketchSize; i += hn::Lanes(d)) {
      const auto same = hn::Eq(hn::LoadU(d, one.data() + i), hn::LoadU(d, many.data() + at + i));
      sum = hn::Sub(sum, hn::VecFromMask(d, same));
    }
    equal += hn::GetLane(hn::SumOfLanes(d, sum));
  }
  return equal;
}

template <typename Score, typename Key>
Score AlignScoreOnly(std::span<const Key> original, std::span<const Key> suspect_reversed, std::span<Score> room) {
  constexpr Score kMatch = 30, kMismatch = -5, kGap = -4;
  const size_t n = original.size(), m = suspect_reversed.size(), stride = n + 1;
  Score *now = room.data(), *last = now + stride, *before = last + stride;
  last[0] = 0;
  for (size_t diagonal = 1; diagonal <= n + m; ++diagonal) {
    // Cell (x, diagonal - x) is at position x; word y of the suspect is at position m - y of its reverse.
    const size_t begin = std::max<size_t>(1, diagonal > m ? diagonal - m : 0), end = std::min(diagonal - 1, n) + 1;
    const Key* const left = original.data() - 1;
    const Key* const right = suspect_reversed.data() + m - diagonal;
#pragma GCC ivdep
    for (size_t x = begin; x < end; ++x) {
      const Score step = left[x] == right[x] ? kMatch : kMismatch;
      const Score gap = static_cast<Score>(std::max(last[x - 1], last[x]) + kGap);
      now[x] = std::max(static_cast<Score>(before[x - 1] + step), gap);
    }
    if (diagonal <= m) now[0] = static_cast<Score>(static_cast<Score>(diagonal) * kGap);
    if (diagonal <= n) now[diagonal] = static_cast<Score>(static_cast<Score>(diagonal) * kGap);
    std::swap(now, before);
    std::swap(before, last);
  }
  return last[n];
}
template int32_t AlignScoreOnly(std::span<const uint32_t>, std::span<const uint32_t>, std::span<int32_t>);
template int16_t AlignScoreOnly(std::span<const uint16_t>, std::span<const uint16_t>, std::span<int16_t>);

void AddScores(std::span<const uint32_t> articles, float weight, float* scores) {
  for (const uint32_t article : articles) scores[article] += weight;
}

uint64_t DecodeGaps(const char* begin, const char* end) {
  uint64_t sum = 0, article = 0;
  while (begin != end) {
    uint64_t gap = 0;
    int shift = 0;
    while (static_cast<signed char>(*begin) < 0) {
      gap |= static_cast<uint64_t>(*begin++ & 0x7f) << shift;
      shift += 7;
    }
    gap |= static_cast<uint64_t>(*begin++) << shift;
    article += gap;
    sum += article;
  }
  return sum;
}

void SketchPlainWords(std::string_view text, std::span<uint64_t> hashes, std::span<uint32_t> elements,
                      std::span<uint32_t, kSketchSize> minima) {
  const hn::CappedTag<uint8_t, 64> bytes;
  const hn::CappedTag<uint64_t, 8> d;
  const hn::Rebind<uint32_t, decltype(d)> half;
  const hn::CappedTag<uint32_t, 16> mixed;
  size_t words = 0;
  uint64_t last = 0;
  for (size_t at = 0; at + 64 <= text.size(); at += 64) {
    uint64_t separators = 0;
    for (size_t i = 0; i < 64; i += hn::Lanes(bytes)) {
      const auto v = hn::LoadU(bytes, reinterpret_cast<const uint8_t*>(text.data()) + at + i);
      uint64_t part = 0;
      hn::StoreMaskBits(bytes, hn::Lt(v, hn::Set(bytes, 0x21)), reinterpret_cast<uint8_t*>(&part));
      separators |= part << (i & 63);
    }
    uint64_t begins = ~separators & (separators << 1 | last);
    last = separators >> 63;
    const auto count = static_cast<size_t>(std::popcount(begins));
    for (size_t done = 0; done < count; done += 4) {
      for (size_t k = done; k < done + 4; ++k, begins &= begins - 1) {
        uint64_t block[2];
        std::memcpy(block, text.data() + at + (std::countr_zero(begins) & 63), sizeof block);
        hashes[words + k] = FoldProduct(block[0] ^ kWordC1, block[1] ^ kWordC2);
      }
    }
    words += count;
  }
  for (size_t i = 0; i + 4 < words; i += hn::Lanes(d)) {
    const uint64_t* const five = hashes.data() + i;
    auto sum = hn::Add(hn::LoadU(d, five), hn::RotateRight<51>(hn::LoadU(d, five + 1)));
    sum = hn::Add(sum, hn::RotateRight<38>(hn::LoadU(d, five + 2)));
    sum = hn::Add(sum, hn::RotateRight<25>(hn::LoadU(d, five + 3)));
    sum = hn::Add(sum, hn::RotateRight<12>(hn::LoadU(d, five + 4)));
    sum = hn::Mul(hn::Xor(sum, hn::ShiftRight<30>(sum)), hn::Set(d, 0xbf58476d1ce4e5b9u));
    sum = hn::Mul(hn::Xor(sum, hn::ShiftRight<27>(sum)), hn::Set(d, 0x94d049bb133111ebu));
    hn::StoreU(hn::TruncateTo(half, hn::Xor(sum, hn::ShiftRight<32>(sum))), half, elements.data() + i);
  }
  std::fill(minima.begin(), minima.end(), kEmptyComponent);
  for (size_t i = 0; i + 4 < words; i += 16) {
    alignas(64) uint32_t values[16];
    for (size_t k = 0; k < 16; k += hn::Lanes(mixed)) {
      auto v = hn::LoadU(mixed, elements.data() + i + k);
      v = hn::Mul(hn::Xor(v, hn::ShiftRight<16>(v)), hn::Set(mixed, 0x7feb352du));
      v = hn::Mul(hn::Xor(v, hn::ShiftRight<15>(v)), hn::Set(mixed, 0x846ca68bu));
      hn::Store(hn::Xor(v, hn::ShiftRight<16>(v)), mixed, values + k);
    }
    for (size_t k = 0; k < 16; k += 2) {
      uint64_t two;
      std::memcpy(&two, values + k, sizeof two);
      const auto first = static_cast<uint32_t>(two), second = static_cast<uint32_t>(two >> 32);
      minima[first % kSketchSize] = std::min(minima[first % kSketchSize], first);
      minima[second % kSketchSize] = std::min(minima[second % kSketchSize], second);
    }
  }
}

}  // namespace unspin::bench
