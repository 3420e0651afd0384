#include "unspin/kernels/decode_gaps.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cstring>

#include "unspin/base/varint.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "unspin/kernels/decode_gaps.cc"
#include <hwy/foreach_target.h>  // IWYU pragma: keep
#include <hwy/highway.h>

#include "unspin/kernels/variant.h"

// Nearly all gaps have one or two bytes. A longer one is decoded by itself (DecodeOneGap). In this picture the list
// holds the gaps 5, 300, 7, 2 and a gap of three bytes:
//
//   bytes            05 ac 02 07 02 81 80 01
//   continued        .  1  .  .  .  1  1  .     the high bit: the next byte belongs to the same gap
//
// DecodeEightBytes looks up the eight bits `continued` in a table (Plaisance, Kurz and Lemire: Vectorized VByte
// Decoding, 2015):
//
//   positions        0- 12 3- 4-                the bytes of each gap; a gap of three bytes ends the block
//   gaps             5 300 7  2
//   articles         5 305 312 314              prefix sums, added to the last article
//
// DecodeShortGaps needs AVX-512 (VBMI2) and takes 32 bytes at a time:
//
//   starts           1  1  .  1  1  ...         ~(continued << 1): a gap starts at this byte
//   gaps             5 300 .  7  2  ...         each byte read as the start of a gap, then those that are, compressed
//
// Decoding is part of scoring, whose measurements are in decision 31.

#ifndef UNSPIN_KERNELS_DECODE_GAPS_ONCE
#define UNSPIN_KERNELS_DECODE_GAPS_ONCE
namespace unspin::internal {

constexpr uint8_t kNoByte = 0x80;  // TableLookupBytesOr0 gives zero for it

// How to read the gaps of one and two bytes in eight bytes.
struct GapShape {
  alignas(16) std::array<uint8_t, 16> positions{};  // of the two bytes of each gap, or kNoByte
  uint8_t gaps = 0, bytes = 0;                      // 0 where the first gap is longer than two bytes
};

// By the eight bits `continued`, the lowest for the first byte.
constexpr std::array<GapShape, 256> MakeGapShapes() {
  std::array<GapShape, 256> shapes{};
  for (uint32_t bits = 0; bits < 256; ++bits) {
    GapShape& shape = shapes[bits];
    for (uint8_t& position : shape.positions) position = kNoByte;
    const auto continued = [bits](uint8_t at) { return (bits >> at & 1) != 0; };
    while (shape.bytes < 8) {
      const uint8_t at = shape.bytes;
      const bool two = continued(at);
      if (two && (at == 7 || continued(static_cast<uint8_t>(at + 1)))) break;
      shape.positions[2 * shape.gaps] = at;
      if (two) shape.positions[2 * shape.gaps + 1] = static_cast<uint8_t>(at + 1);
      ++shape.gaps;
      shape.bytes = static_cast<uint8_t>(at + 1 + two);
    }
  }
  return shapes;
}
inline constexpr std::array<GapShape, 256> kGapShapes = MakeGapShapes();

// Vectors advance by at most 32 gaps of two bytes before an article is compared with the limit.
constexpr uint32_t kMaxAdvance = 32 * 0x3fff;

// False where the list ends.
inline bool DecodeOneGap(GapList& list, uint32_t limit, uint32_t* article) {
  uint64_t gap;
  list.at = ReadVarint(list.at, list.end, gap);
  if (list.at == nullptr || gap >= limit || list.article + gap >= limit) {
    list.at = list.end;
    return false;
  }
  list.article += gap;
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

// Each lane plus all lanes before it: inside each block of four lanes first, then over the blocks.
HWY_INLINE hn::Vec<Articles> PrefixSums(hn::Vec<Articles> gaps) {
  const Articles d;
  alignas(64) static constexpr uint32_t kBlockBefore[16] = {0, 0, 0, 0, 3, 3, 3, 3, 7, 7, 7, 7, 11, 11, 11, 11};
  alignas(64) static constexpr uint32_t kTwoBlocksBefore[16] = {0, 0, 0, 0, 0, 0, 0, 0, 3, 3, 3, 3, 7, 7, 7, 7};
  gaps = hn::Add(gaps, hn::ShiftLeftLanes<1>(gaps));
  gaps = hn::Add(gaps, hn::ShiftLeftLanes<2>(gaps));
  const auto one = hn::TableLookupLanes(gaps, hn::SetTableIndices(d, kBlockBefore));
  gaps = hn::Add(gaps, hn::IfThenZeroElse(hn::FirstN(d, 4), one));
  const auto two = hn::TableLookupLanes(gaps, hn::SetTableIndices(d, kTwoBlocksBefore));
  return hn::Add(gaps, hn::IfThenZeroElse(hn::FirstN(d, 8), two));
}

// The last lane, in every lane.
HWY_INLINE hn::Vec<Articles> BroadcastLast(hn::Vec<Articles> sums) {
  const Articles d;
  return hn::TableLookupLanes(sums, hn::IndicesFromVec(d, hn::Set(d, 15)));
}

// Decodes gaps of one and two bytes, 32 bytes at a time, until fewer than 33 bytes or `max_count` articles remain.
// Stops before a longer gap, and before an article that is not below `below`.
HWY_INLINE size_t DecodeShortGaps(GapList& list, uint32_t below, size_t max_count, uint32_t* articles) {
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
  while (list.end - at > 32 && count < max_count) {
    const auto bytes = hn::LoadU(d8, reinterpret_cast<const uint8_t*>(at)),
               next_bytes = hn::LoadU(d8, reinterpret_cast<const uint8_t*>(at + 1));
    const uint32_t continued = high_bits(bytes), starts = ~(continued << 1);
    if (HWY_UNLIKELY((continued & high_bits(next_bytes) & starts) != 0)) break;
    const auto upper = hn::IfThenElseZero(hn::Lt(hn::BitCast(di8, bytes), hn::Zero(di8)), hn::BitCast(di8, next_bytes));
    const auto gaps = hn::Or(hn::PromoteTo(d16, hn::And(bytes, hn::Set(d8, 0x7f))),
                             hn::ShiftLeft<7>(hn::PromoteTo(d16, hn::BitCast(d8, upper))));
    uint8_t start_bits[8];
    std::memcpy(start_bits, &starts, sizeof starts);
    const auto packed = hn::Compress(gaps, hn::LoadMaskBits(d16, start_bits));
    const auto first = hn::Add(PrefixSums(hn::PromoteTo(d, hn::LowerHalf(half, packed))), last);
    const auto second = hn::Add(PrefixSums(hn::PromoteTo(d, hn::UpperHalf(half, packed))), BroadcastLast(first));
    const auto reached = BroadcastLast(second);
    if (HWY_UNLIKELY(hn::GetLane(reached) >= below)) break;
    hn::StoreU(first, d, articles + count);
    hn::StoreU(second, d, articles + count + 16);
    last = reached;
    at += 32 + (continued >> 31);
    count += static_cast<size_t>(std::popcount(starts));
  }
  list.at = at;
  list.article = hn::GetLane(last);
  return count;
}
#endif

#if HWY_TARGET != HWY_SCALAR
using Articles4 = hn::Full128<uint32_t>;

// Eight bytes as gaps → the two vectors of their articles; `last` is the article before them.
HWY_INLINE void DecodeEightBytes(uint64_t word, const internal::GapShape& shape, hn::Vec<Articles4> last,
                                 hn::Vec<Articles4>& first, hn::Vec<Articles4>& second) {
  const hn::Full128<uint64_t> d64;
  const Articles4 d32;
  const hn::Full128<uint16_t> d16;
  const hn::Full128<uint8_t> d8;
  const hn::Half<decltype(d16)> half;
  const auto bytes = hn::BitCast(d8, hn::Set(d64, word));
  const auto pairs = hn::BitCast(d16, hn::TableLookupBytesOr0(bytes, hn::Load(d8, shape.positions.data())));
  const auto gaps = hn::Or(hn::And(pairs, hn::Set(d16, 0x7f)), hn::ShiftRight<1>(hn::And(pairs, hn::Set(d16, 0x7f00))));
  first = hn::PromoteTo(d32, hn::LowerHalf(half, gaps));
  second = hn::PromoteTo(d32, hn::UpperHalf(half, gaps));
  first = hn::Add(first, hn::ShiftLeftLanes<1>(first));
  second = hn::Add(second, hn::ShiftLeftLanes<1>(second));
  first = hn::Add(first, hn::ShiftLeftLanes<2>(first));
  second = hn::Add(second, hn::ShiftLeftLanes<2>(second));
  first = hn::Add(first, last);
  second = hn::Add(second, hn::Broadcast<3>(first));
}

// Decodes gaps of one and two bytes, eight bytes at a time, until the list ends or `max_count` articles are decoded.
// Stops before a longer gap, before an article that is not below `below`, and before a cut-off end.
HWY_INLINE size_t DecodeByTable(GapList& list, uint32_t below, size_t max_count, uint32_t* articles) {
  constexpr uint64_t kHighBits = 0x8080808080808080u;
  const Articles4 d;
  const char* at = list.at;
  auto last = hn::Set(d, static_cast<uint32_t>(list.article));
  size_t count = 0;
  while (at != list.end && count < max_count) {
    const auto left = static_cast<size_t>(list.end - at);
    uint64_t word = 0;
    size_t padding = 0;  // zero bytes behind the end, each decoded as a gap of zero
    if (HWY_LIKELY(left >= 8)) {
      std::memcpy(&word, at, 8);
    } else {
      if (static_cast<uint8_t>(list.end[-1]) >= 0x80) break;
      for (size_t i = left; i-- > 0;) word = word << 8 | static_cast<uint8_t>(at[i]);
      padding = 8 - left;
    }
    // The product moves the eight high bits to the top byte.
    const internal::GapShape& shape = internal::kGapShapes[((word & kHighBits) >> 7) * 0x0102040810204080u >> 56];
    if (HWY_UNLIKELY(shape.bytes <= (padding != 0 ? 7 : 0))) break;
    hn::Vec<Articles4> first, second;
    DecodeEightBytes(word, shape, last, first, second);
    const auto reached = hn::Broadcast<3>(second);
    if (HWY_UNLIKELY(hn::GetLane(reached) >= below)) break;
    hn::StoreU(first, d, articles + count);
    hn::StoreU(second, d, articles + count + 4);
    last = reached;
    at += shape.bytes - padding;
    count += shape.gaps - padding;
  }
  list.at = at;
  list.article = hn::GetLane(last);
  return count;
}
#endif

size_t DecodeGapsVariant(GapList& list, uint32_t limit, uint32_t* articles) {
  size_t count = 0;
#if HWY_TARGET != HWY_SCALAR
  // From any article below it, a vector of gaps neither overflows 32 bits nor passes the limit unseen.
  const uint32_t below = std::min(limit, 0xffffffffu - internal::kMaxAdvance);
#endif
  while (list.at != list.end && count < kGapsPerCall) {
#if HWY_TARGET != HWY_SCALAR
    if (list.article < below) {
#if HWY_TARGET <= HWY_AVX3_DL
      count += DecodeShortGaps(list, below, kGapsPerCall - count, articles + count);
      if (count >= kGapsPerCall) break;
#endif
      count += DecodeByTable(list, below, kGapsPerCall - count, articles + count);
      if (list.at == list.end || count >= kGapsPerCall) break;
    }
#endif
    if (!internal::DecodeOneGap(list, limit, articles + count)) break;
    ++count;
  }
  return count;
}

}  // namespace unspin::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace unspin {

HWY_EXPORT(DecodeGapsVariant);

size_t DecodeGaps(GapList& list, uint32_t limit, std::span<uint32_t> articles) {
  assert(articles.size() >= kGapsRoom);
  ChooseKernels();
  return HWY_DYNAMIC_DISPATCH(DecodeGapsVariant)(list, limit, articles.data());
}

}  // namespace unspin
#endif
