#include "unspin/kernels/decode_gaps.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "unspin/base/varint.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "unspin/kernels/decode_gaps.cc"
#include <hwy/foreach_target.h>  // IWYU pragma: keep
#include <hwy/highway.h>

#include "unspin/kernels/variant.h"

#ifndef UNSPIN_KERNELS_DECODE_STEPS_ONCE
#define UNSPIN_KERNELS_DECODE_STEPS_ONCE
namespace unspin::internal {

// What to do with eight bytes, by which of them have another one behind.
struct StepShape {
  alignas(16) std::array<uint8_t, 16> places{};  // of the two bytes of each step; 0x80: none
  uint8_t steps = 0, bytes = 0;                  // none where the first step is longer
};

constexpr std::array<StepShape, 256> MakeStepShapes() {
  std::array<StepShape, 256> shapes{};
  for (uint32_t bits = 0; bits < 256; ++bits) {
    StepShape& shape = shapes[bits];
    for (uint8_t& place : shape.places) place = 0x80;
    const auto goes_on = [bits](uint8_t at) { return (bits >> at & 1) != 0; };
    while (shape.bytes < 8) {
      const uint8_t at = shape.bytes;
      const bool two = goes_on(at);
      if (two && (at == 7 || goes_on(static_cast<uint8_t>(at + 1)))) break;
      shape.places[2 * shape.steps] = at;
      if (two) shape.places[2 * shape.steps + 1] = static_cast<uint8_t>(at + 1);
      ++shape.steps;
      shape.bytes = static_cast<uint8_t>(at + 1 + two);
    }
  }
  return shapes;
}
inline constexpr std::array<StepShape, 256> kStepShapes = MakeStepShapes();

// False where the list ends.
inline bool DecodeStep(GapList& list, uint32_t limit, uint32_t* article) {
  uint64_t step;
  list.at = ReadVarint(list.at, list.end, step);
  if (list.at == nullptr || step >= limit || list.article + step >= limit) {
    list.at = list.end;
    return false;
  }
  list.article += step;
  *article = static_cast<uint32_t>(list.article);
  return true;
}

}  // namespace unspin::internal
#endif

HWY_BEFORE_NAMESPACE();
namespace unspin::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

#if HWY_TARGET <= HWY_AVX3_DL
using Articles = hn::Full512<uint32_t>;

// Each lane and all before it, added up.
HWY_INLINE hn::Vec<Articles> SumsToHere(hn::Vec<Articles> steps) {
  const Articles d;
  alignas(64) static constexpr uint32_t kBlockBefore[16] = {0, 0, 0, 0, 3, 3, 3, 3, 7, 7, 7, 7, 11, 11, 11, 11};
  alignas(64) static constexpr uint32_t kTwoBlocksBefore[16] = {0, 0, 0, 0, 0, 0, 0, 0, 3, 3, 3, 3, 7, 7, 7, 7};
  steps = hn::Add(steps, hn::ShiftLeftLanes<1>(steps));
  steps = hn::Add(steps, hn::ShiftLeftLanes<2>(steps));
  const auto one = hn::TableLookupLanes(steps, hn::SetTableIndices(d, kBlockBefore));
  steps = hn::Add(steps, hn::IfThenZeroElse(hn::FirstN(d, 4), one));
  const auto two = hn::TableLookupLanes(steps, hn::SetTableIndices(d, kTwoBlocksBefore));
  return hn::Add(steps, hn::IfThenZeroElse(hn::FirstN(d, 8), two));
}

HWY_INLINE hn::Vec<Articles> LastOf(hn::Vec<Articles> sums) {
  const Articles d;
  return hn::TableLookupLanes(sums, hn::IndicesFromVec(d, hn::Set(d, 15)));
}

// Takes steps of one and two bytes, 32 bytes at once, while more than those are left, until there are `most`; stops
// before a longer one, and before an article that is not below `below`.
HWY_INLINE size_t DecodeShortSteps(GapList& list, uint32_t below, size_t most, uint32_t* articles) {
  const Articles d;
  const hn::Full512<uint16_t> d16;
  const hn::Full256<uint16_t> half;
  const hn::Full256<uint8_t> d8;
  const hn::Full256<int8_t> di8;
  const char* at = list.at;
  auto last = hn::Set(d, static_cast<uint32_t>(list.article));
  size_t count = 0;
  const auto high_bits = [&](auto bytes) {
    uint32_t bits;
    uint8_t stored[8];
    hn::StoreMaskBits(di8, hn::Lt(hn::BitCast(di8, bytes), hn::Zero(di8)), stored);
    std::memcpy(&bits, stored, sizeof bits);
    return bits;
  };
  while (list.end - at > 32 && count < most) {
    const auto here = hn::LoadU(d8, reinterpret_cast<const uint8_t*>(at)),
               next = hn::LoadU(d8, reinterpret_cast<const uint8_t*>(at + 1));
    const uint32_t goes_on = high_bits(here), begins = ~(goes_on << 1);
    if (HWY_UNLIKELY((goes_on & high_bits(next) & begins) != 0)) break;
    const auto rest = hn::IfThenElseZero(hn::Lt(hn::BitCast(di8, here), hn::Zero(di8)), hn::BitCast(di8, next));
    const auto steps = hn::Or(hn::PromoteTo(d16, hn::And(here, hn::Set(d8, 0x7f))),
                              hn::ShiftLeft<7>(hn::PromoteTo(d16, hn::BitCast(d8, rest))));
    uint8_t bits[8];
    std::memcpy(bits, &begins, sizeof begins);
    const auto packed = hn::Compress(steps, hn::LoadMaskBits(d16, bits));
    const auto first = hn::Add(SumsToHere(hn::PromoteTo(d, hn::LowerHalf(half, packed))), last);
    const auto second = hn::Add(SumsToHere(hn::PromoteTo(d, hn::UpperHalf(half, packed))), LastOf(first));
    const auto reached = LastOf(second);
    if (HWY_UNLIKELY(hn::GetLane(reached) >= below)) break;
    hn::StoreU(first, d, articles + count);
    hn::StoreU(second, d, articles + count + 16);
    last = reached;
    at += 32 + (goes_on >> 31);
    count += static_cast<size_t>(std::popcount(begins));
  }
  list.at = at;
  list.article = hn::GetLane(last);
  return count;
}
#endif

size_t DecodeGapsVariant(GapList& list, uint32_t limit, uint32_t* articles) {
  size_t count = 0;
#if HWY_TARGET != HWY_SCALAR
  const hn::Full128<uint64_t> d64;
  const hn::Full128<uint32_t> d32;
  const hn::Full128<uint16_t> d16;
  const hn::Full128<uint8_t> d8;
  const hn::Half<decltype(d16)> half;
  constexpr uint64_t kHighBits = 0x8080808080808080u;
  // So many steps from below it lead neither out of the articles unseen nor beyond 32 bits.
  constexpr uint32_t kMax = 32 * 0x3fff;
  const uint32_t below = std::min(limit, 0xffffffffu - kMax);
#endif
  while (list.at != list.end && count < kStepsAtOnce) {
#if HWY_TARGET != HWY_SCALAR
    if (list.article < below) {
#if HWY_TARGET <= HWY_AVX3_DL
      count += DecodeShortSteps(list, below, kStepsAtOnce - count, articles + count);
#endif
      const char* at = list.at;
      auto last = hn::Set(d32, static_cast<uint32_t>(list.article));
      while (at != list.end && count < kStepsAtOnce) {
        const auto left = static_cast<size_t>(list.end - at);
        uint64_t word = 0;
        size_t padding = 0;  // bytes behind the end, each read as a step of zero
        if (HWY_LIKELY(left >= 8)) {
          std::memcpy(&word, at, 8);
        } else {
          if (static_cast<uint8_t>(list.end[-1]) >= 0x80) break;
          for (size_t i = left; i-- > 0;) word = word << 8 | static_cast<uint8_t>(at[i]);
          padding = 8 - left;
        }
        const internal::StepShape& shape = internal::kStepShapes[((word & kHighBits) >> 7) * 0x0102040810204080u >> 56];
        if (HWY_UNLIKELY(shape.bytes <= (padding != 0 ? 7 : 0))) break;
        const auto bytes = hn::BitCast(d8, hn::Set(d64, word));
        const auto pairs = hn::BitCast(d16, hn::TableLookupBytesOr0(bytes, hn::Load(d8, shape.places.data())));
        const auto steps =
            hn::Or(hn::And(pairs, hn::Set(d16, 0x7f)), hn::ShiftRight<1>(hn::And(pairs, hn::Set(d16, 0x7f00))));
        auto first = hn::PromoteTo(d32, hn::LowerHalf(half, steps));
        auto second = hn::PromoteTo(d32, hn::UpperHalf(half, steps));
        first = hn::Add(first, hn::ShiftLeftLanes<1>(first));
        second = hn::Add(second, hn::ShiftLeftLanes<1>(second));
        first = hn::Add(first, hn::ShiftLeftLanes<2>(first));
        second = hn::Add(second, hn::ShiftLeftLanes<2>(second));
        first = hn::Add(first, last);
        second = hn::Add(second, hn::Broadcast<3>(first));
        const auto next = hn::Broadcast<3>(second);
        if (HWY_UNLIKELY(hn::GetLane(next) >= below)) break;
        hn::StoreU(first, d32, articles + count);
        hn::StoreU(second, d32, articles + count + 4);
        last = next;
        at += shape.bytes - padding;
        count += shape.steps - padding;
      }
      list.at = at;
      list.article = hn::GetLane(last);
      if (at == list.end || count >= kStepsAtOnce) break;
    }
#endif
    if (!internal::DecodeStep(list, limit, articles + count)) break;
    ++count;
  }
  return count;
}

}  // namespace unspin::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace unspin {

HWY_EXPORT(DecodeGapsVariant);

size_t DecodeGaps(GapList& list, uint32_t limit, uint32_t* articles) {
  ChooseKernels();
  return HWY_DYNAMIC_DISPATCH(DecodeGapsVariant)(list, limit, articles);
}

}  // namespace unspin
#endif
