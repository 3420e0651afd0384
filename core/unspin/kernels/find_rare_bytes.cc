#include "unspin/kernels/find_rare_bytes.h"

#include <cstddef>
#include <cstdint>
#include <cstring>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "unspin/kernels/find_rare_bytes.cc"
#include <hwy/foreach_target.h>  // IWYU pragma: keep
#include <hwy/highway.h>

#include "unspin/kernels/variant.h"

// With vectors of eight bytes, in hexadecimal; the text is “a│b” and "<":
//
//   bytes     e2 80 9c 61 e2 94 82 62
//   next      80 9c 61 e2 94 82 62 ..
//   damage     .  .  .  .  1  .  .  .    e2 before 94 or more: a sign that draws boxes, and no quotation mark
//   markup     .  .  .  .  .  .  .  .

HWY_BEFORE_NAMESPACE();
namespace unspin::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Bytes = hn::CappedTag<uint8_t, 64>;
using BytesMask = hn::Mask<Bytes>;

HWY_INLINE BytesMask MarkupIn(hn::Vec<Bytes> bytes) {
  const Bytes d;
  return hn::Or(hn::Eq(bytes, hn::Set(d, '<')), hn::Eq(bytes, hn::Set(d, '&')));
}

// `next` has the byte behind each.
HWY_INLINE BytesMask DamageIn(hn::Vec<Bytes> bytes, hn::Vec<Bytes> next) {
  const Bytes d;
  // Older versions of Highway compare no bytes without a sign; of two, the larger or smaller one is compared.
  const auto from_c2 = hn::Sub(bytes, hn::Set(d, 0xc2));
  const auto latin = hn::Eq(hn::Min(from_c2, hn::Set(d, 2)), from_c2);  // c2, c3, c4
  const auto greek = hn::Eq(bytes, hn::Set(d, 0xce));
  const auto cyrillic = hn::Eq(hn::And(bytes, hn::Set(d, 0xfe)), hn::Set(d, 0xd0));  // d0, d1
  // U+2500 and what follows; before are punctuation and arrows.
  const auto boxes = hn::And(hn::Eq(bytes, hn::Set(d, 0xe2)), hn::Eq(hn::Max(next, hn::Set(d, 0x94)), next));
  return hn::Or(hn::Or(latin, greek), hn::Or(cyrillic, boxes));
}

HWY_INLINE BytesMask HyphensIn(hn::Vec<Bytes> bytes, hn::Vec<Bytes> next) {
  const Bytes d;
  const auto hyphen = hn::Or(hn::Eq(bytes, hn::Set(d, '-')), hn::Eq(bytes, hn::Set(d, 0xad)));
  return hn::And(hyphen, hn::Or(hn::Eq(next, hn::Set(d, '\n')), hn::Eq(next, hn::Set(d, '\r'))));
}

// Calls look(bytes, next) for all bytes of the text and those behind them; behind the last one are zeros.
template <typename Look>
HWY_INLINE void ForAllBytes(const uint8_t* text, size_t size, const Look& look) {
  const Bytes d;
  const size_t lanes = hn::Lanes(d);
  size_t at = 0;
  for (; at + lanes < size; at += lanes) look(hn::LoadU(d, text + at), hn::LoadU(d, text + at + 1));
  uint8_t rest[hn::MaxLanes(Bytes()) + 1] = {};
  if (at < size) std::memcpy(rest, text + at, size - at);
  look(hn::LoadU(d, rest), hn::LoadU(d, rest + 1));
}

RareBytes FindRareBytesVariant(const uint8_t* text, size_t size) {
  const Bytes d;
  BytesMask markup = hn::FirstN(d, 0), damage = markup;
  ForAllBytes(text, size, [&](hn::Vec<Bytes> bytes, hn::Vec<Bytes> next) HWY_ATTR {
    markup = hn::Or(markup, MarkupIn(bytes));
    damage = hn::Or(damage, DamageIn(bytes, next));
  });
  return {!hn::AllFalse(d, markup), !hn::AllFalse(d, damage)};
}

bool HoldsHyphenAtLineEndVariant(const uint8_t* text, size_t size) {
  const Bytes d;
  BytesMask hyphens = hn::FirstN(d, 0);
  ForAllBytes(text, size, [&](hn::Vec<Bytes> bytes, hn::Vec<Bytes> next) HWY_ATTR {
    hyphens = hn::Or(hyphens, HyphensIn(bytes, next));
  });
  return !hn::AllFalse(d, hyphens);
}

}  // namespace unspin::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace unspin {

HWY_EXPORT(FindRareBytesVariant);
HWY_EXPORT(HoldsHyphenAtLineEndVariant);

RareBytes FindRareBytes(std::string_view text) {
  ChooseKernels();
  return HWY_DYNAMIC_DISPATCH(FindRareBytesVariant)(reinterpret_cast<const uint8_t*>(text.data()), text.size());
}

bool HoldsHyphenAtLineEnd(std::string_view text) {
  ChooseKernels();
  return HWY_DYNAMIC_DISPATCH(HoldsHyphenAtLineEndVariant)(reinterpret_cast<const uint8_t*>(text.data()), text.size());
}

}  // namespace unspin
#endif
