#include "kernels/ceilings.h"

#include <hwy/highway.h>

#include <algorithm>
#include <utility>

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
    // Cell (x, diagonal - x) lies at x; word y of the suspect stands at m - y of its reverse.
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

uint64_t DecodeSteps(const char* begin, const char* end) {
  uint64_t sum = 0, article = 0;
  while (begin != end) {
    uint64_t step = 0;
    int shift = 0;
    while (static_cast<signed char>(*begin) < 0) {
      step |= static_cast<uint64_t>(*begin++ & 0x7f) << shift;
      shift += 7;
    }
    step |= static_cast<uint64_t>(*begin++) << shift;
    article += step;
    sum += article;
  }
  return sum;
}

}  // namespace unspin::bench
