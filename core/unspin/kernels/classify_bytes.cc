#include "unspin/kernels/classify_bytes.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstring>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "unspin/kernels/classify_bytes.cc"
#include <hwy/foreach_target.h>  // IWYU pragma: keep

#include <hwy/cache_control.h>
#include <hwy/highway.h>

#include "unspin/kernels/variant.h"

// Most variants compare each byte with each class. With AVX-512 (VBMI and GFNI) a table gives one byte of class bits
// for each byte of the text, and its bits are transposed into masks; decision 32 has the measurements. Here eight
// bytes:
//
//   text             O  '  N  e  i  l     5
//   class bits       21 04 21 01 01 01 00 02    kLetter 01, kDigit 02, kApostrophe 04, kUpper 20
//   letters          1  .  1  1  1  1  .  .     bit 0 of each
//   digits           .  .  .  .  .  .  .  1     bit 1
//   apostrophes      .  1  .  .  .  .  .  .     bit 2
//   lower            o  '  n  e  i  l     5     text | (class bits & kUpper)

#undef UNSPIN_TARGET
#if HWY_TARGET == HWY_AVX3_DL
// Highway 1.0.3 does not count GFNI to this target, but all its processors have it; variant.cc checks for it.
#define UNSPIN_TARGET HWY_TARGET_STR ",gfni"
#endif

#ifdef UNSPIN_TARGET
HWY_PUSH_ATTRIBUTES(UNSPIN_TARGET)
#else
HWY_BEFORE_NAMESPACE();
#endif
namespace unspin::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// Bytes. Articles are too short for the processor to detect that they are read in order, and often the next article
// follows in memory. 1.08 times faster text-to-sketch (decision 32).
constexpr size_t kAhead = 2048;

using Bytes = hn::CappedTag<uint8_t, 64>;

template <class D, class M>
HWY_INLINE uint64_t BitsOf(D d, M mask, size_t shift) {
  uint64_t word = 0;
  hn::StoreMaskBits(d, mask, reinterpret_cast<uint8_t*>(&word));
  return word << (shift & 63);
}

#if HWY_TARGET == HWY_AVX3_DL

constexpr size_t kGroup = 8;  // blocks

// The classes of a byte, one bit each.
constexpr uint8_t kLetter = 1 << 0, kDigit = 1 << 1, kApostrophe = 1 << 2, kStop = 1 << 3, kComma = 1 << 4,
                  kUpper = 1 << 5,  // the bit by which a letter in lower case differs
    kPercent = 1 << 6,
                  kHigh = 1 << 7;  // the bit that all bytes beyond ASCII have
static_assert(kUpper == ('a' ^ 'A'));

struct ByteTable {
  uint8_t entries[128];
};
constexpr ByteTable MakeClasses() {
  ByteTable classes{};
  for (size_t i = 0; i < 26; ++i) classes.entries['a' + i] = kLetter, classes.entries['A' + i] = kLetter | kUpper;
  for (size_t i = 0; i < 10; ++i) classes.entries['0' + i] = kDigit;
  classes.entries['\''] = kApostrophe;
  classes.entries['.'] = kStop;
  classes.entries[','] = kComma;
  // Read slowly, as the percent sign is. A zero is not among them: zeros follow the text.
  for (size_t c = 1; c < ' '; ++c) classes.entries[c] = c >= '\t' && c <= '\r' ? 0 : kPercent;
  classes.entries['%'] = classes.entries['`'] = classes.entries[0x7f] = kPercent;
  return classes;
}
alignas(64) constexpr ByteTable kClasses = MakeClasses();

// A permutation of the bytes of two transposed blocks, in which every eighth byte belongs to one class. Afterwards the
// bytes of a class are neighbours: first four classes of both blocks, then the other four.
constexpr ByteTable MakeGathering() {
  ByteTable gathering{};
  for (size_t i = 0; i < 128; ++i) gathering.entries[i] = static_cast<uint8_t>(i / 8 % 2 * 64 + i % 8 * 8 + i / 16);
  return gathering;
}
alignas(64) constexpr ByteTable kGathering = MakeGathering();

// Four pairs of blocks, each with the masks of four classes, 128 bits a class → for each class the masks of all eight
// blocks.
struct FourMasks {
  __m512i classes[4];
};
HWY_INLINE FourMasks Transpose(const __m512i (&pairs)[4]) {
  constexpr int kLowLow = 0x44, kHighHigh = 0xee, kEven = 0x88, kOdd = 0xdd;
  const __m512i low01 = _mm512_shuffle_i64x2(pairs[0], pairs[1], kLowLow),
                low23 = _mm512_shuffle_i64x2(pairs[2], pairs[3], kLowLow),
                high01 = _mm512_shuffle_i64x2(pairs[0], pairs[1], kHighHigh),
                high23 = _mm512_shuffle_i64x2(pairs[2], pairs[3], kHighHigh);
  return {{_mm512_shuffle_i64x2(low01, low23, kEven), _mm512_shuffle_i64x2(low01, low23, kOdd),
           _mm512_shuffle_i64x2(high01, high23, kEven), _mm512_shuffle_i64x2(high01, high23, kOdd)}};
}

// The transposed class bits of a block, of which the first `size` bytes are text: bit i of byte 8k + c says whether
// byte 8k + i of the block is of class c.
template <bool kWhole>
HWY_INLINE __m512i TransposedClasses(const uint8_t* from, size_t size, uint8_t* lower) {
  constexpr int kFirstOrBoth = 0xf8;  // a | (b & c)
  const __m512i table0 = _mm512_load_si512(kClasses.entries), table1 = _mm512_load_si512(kClasses.entries + 64);
  const __m512i high = _mm512_set1_epi8(static_cast<char>(kHigh)), upper = _mm512_set1_epi8(kUpper);
  const __m512i backwards = _mm512_set4_epi32(0x08090a0b, 0x0c0d0e0f, 0x00010203, 0x04050607);
  const __m512i one_bit_each = _mm512_set1_epi64(static_cast<int64_t>(0x8040201008040201));
  __m512i bytes;
  if constexpr (kWhole) {
    hwy::Prefetch(from + kAhead);
    bytes = _mm512_loadu_si512(from);
  } else {
    bytes = _mm512_maskz_loadu_epi8(size < 64 ? (uint64_t{1} << size) - 1 : ~uint64_t{0}, from);
  }
  // The table has entries for seven bits: bytes beyond ASCII get the entry of zero, which is no class.
  __m512i classes = _mm512_permutex2var_epi8(table0, _mm512_min_epu8(bytes, high), table1);
  _mm512_store_si512(lower, _mm512_ternarylogic_epi64(bytes, classes, upper, kFirstOrBoth));
  classes = _mm512_ternarylogic_epi64(classes, bytes, high, kFirstOrBoth);
  return _mm512_gf2p8affine_epi64_epi8(one_bit_each, _mm512_shuffle_epi8(classes, backwards), 0);
}

// Classifies a group of blocks, of which the first `size` bytes are text. Seven comparisons for each block would each
// move a mask register to memory; here masks stay in vectors.
template <bool kWhole>
HWY_INLINE void ClassifyGroup(const uint8_t* from, size_t size, ByteMasks& masks, size_t at, uint8_t* lower) {
  __m512i first[4], last[4];
  const __m512i gather_first = _mm512_load_si512(kGathering.entries),
                gather_last = _mm512_load_si512(kGathering.entries + 64);
#pragma GCC unroll 4
  for (size_t pair = 0; pair < kGroup / 2; ++pair) {
    const size_t even_at = pair * 128, odd_at = even_at + 64;
    const __m512i even = TransposedClasses<kWhole>(from + even_at, size - std::min(size, even_at), lower + even_at);
    const __m512i odd = TransposedClasses<kWhole>(from + odd_at, size - std::min(size, odd_at), lower + odd_at);
    first[pair] = _mm512_permutex2var_epi8(even, gather_first, odd);
    last[pair] = _mm512_permutex2var_epi8(even, gather_last, odd);
  }
  const FourMasks a = Transpose(first), b = Transpose(last);
  _mm512_store_si512(&masks.letters[at], a.classes[0]);
  _mm512_store_si512(&masks.digits[at], a.classes[1]);
  _mm512_store_si512(&masks.apostrophes[at], a.classes[2]);
  _mm512_store_si512(&masks.stops[at], a.classes[3]);
  _mm512_store_si512(&masks.commas[at], b.classes[0]);
  _mm512_store_si512(&masks.percents[at], b.classes[2]);
  _mm512_store_si512(&masks.high[at], b.classes[3]);
}

HWY_INLINE void ClassifyAll(const uint8_t* text, size_t size, ByteMasks& masks, uint8_t* lower) {
  static_assert(ByteMasks::kPad == kGroup);
  size_t block = 0, left = size;
  for (; left >= kGroup * 64; block += kGroup, left -= kGroup * 64)
    ClassifyGroup<true>(text + block * 64, left, masks, ByteMasks::kPad + block, lower + block * 64);
  ClassifyGroup<false>(text + block * 64, left, masks, ByteMasks::kPad + block, lower + block * 64);
}

#else

HWY_INLINE void ClassifyBlock(const uint8_t* from, ByteMasks& masks, size_t at, uint8_t* lower) {
  const Bytes d;
  // Processors before AVX-512 compare signed numbers only; a range that is moved to begin at -128 takes one comparison.
  const hn::RebindToSigned<Bytes> sd;
  const auto below = [&](auto v, int first, int count) HWY_ATTR {
    const auto moved = hn::Sub(v, hn::Set(d, static_cast<uint8_t>(first + 128)));
    return hn::Lt(hn::BitCast(sd, moved), hn::Set(sd, static_cast<int8_t>(count - 128)));
  };
  uint64_t letters = 0, digits = 0, apostrophes = 0, stops = 0, commas = 0, percents = 0, high = 0;
#pragma GCC unroll 4
  for (size_t i = 0; i < 64; i += hn::MaxLanes(d)) {
    const auto v = hn::LoadU(d, from + i);
    const auto folded = hn::Or(v, hn::Set(d, 0x20));
    const auto letter = below(folded, 'a', 26);
    hn::StoreU(hn::IfThenElse(hn::RebindMask(d, letter), folded, v), d, lower + i);
    letters |= BitsOf(sd, letter, i);
    digits |= BitsOf(sd, below(v, '0', 10), i);
    apostrophes |= BitsOf(d, hn::Eq(v, hn::Set(d, '\'')), i);
    stops |= BitsOf(d, hn::Eq(v, hn::Set(d, '.')), i);
    commas |= BitsOf(d, hn::Eq(v, hn::Set(d, ',')), i);
    // Together: the percent sign and the grave accent; the control characters but zero and white space.
    const auto signs = hn::Or(hn::Eq(v, hn::Set(d, '%')), hn::Eq(v, hn::Set(d, '`')));
    const auto controls = hn::Or(below(v, 1, 8), below(v, 0x0e, 18));
    const auto deleted = hn::Eq(v, hn::Set(d, 0x7f));
    percents |= BitsOf(d, hn::Or(signs, deleted), i) | BitsOf(sd, controls, i);
    high |= BitsOf(sd, hn::Lt(hn::BitCast(sd, v), hn::Zero(sd)), i);
  }
  masks.letters[at] = letters;
  masks.digits[at] = digits;
  masks.apostrophes[at] = apostrophes;
  masks.stops[at] = stops;
  masks.commas[at] = commas;
  masks.percents[at] = percents;
  masks.high[at] = high;
}

HWY_INLINE void ClassifyAll(const uint8_t* text, size_t size, ByteMasks& masks, uint8_t* lower) {
  const size_t whole = size / 64;
  for (size_t block = 0; block < whole; ++block) {
    hwy::Prefetch(text + block * 64 + kAhead);
    ClassifyBlock(text + block * 64, masks, ByteMasks::kPad + block, lower + block * 64);
  }
  alignas(64) uint8_t tail[64] = {};
  if (size % 64 != 0) std::memcpy(tail, text + whole * 64, size % 64);
  ClassifyBlock(tail, masks, ByteMasks::kPad + whole, lower + whole * 64);
}

#endif

// The second bytes of Latin-1 symbols and spaces that separate words, as those of ASCII do. Other characters of Latin-1
// may be letters, digits or hidden, or fold to one of those.
constexpr uint64_t LatinSeparators() {
  uint64_t set = 0;
  for (const int c :
       {0xa0, 0xa1, 0xa2, 0xa3, 0xa4, 0xa5, 0xa6, 0xa7, 0xa9, 0xab, 0xac, 0xae, 0xb0, 0xb1, 0xb6, 0xb7, 0xbb, 0xbf}) {
    set |= uint64_t{1} << (c - 0x80);
  }
  return set;
}

// Clears the bits of separators in `beyond`, for the characters that begin in this block. `bytes` are those of the
// block; two more bytes behind them are readable.
HWY_INLINE void ClearSeparators(const uint8_t* bytes, ByteMasks& masks, size_t at) {
  const Bytes d;
  uint64_t latin = 0, general = 0, apostrophes = 0;
  uint64_t leads = 0;  // first bytes of separators; text in other scripts has whole blocks without any
  for (size_t i = 0; i < 64; i += hn::Lanes(d)) {
    const auto v = hn::LoadU(d, bytes + i);
    leads |= BitsOf(d, hn::Or(hn::Eq(v, hn::Set(d, 0xe2)), hn::Eq(v, hn::Set(d, 0xc2))), i);
  }
  if (leads == 0) return;
  for (size_t i = 0; i < 64; i += hn::Lanes(d)) {
    const auto lead = hn::LoadU(d, bytes + i), second = hn::LoadU(d, bytes + i + 1),
               third = hn::LoadU(d, bytes + i + 2);
    const auto punctuation = hn::And(hn::Eq(lead, hn::Set(d, 0xe2)), hn::Eq(second, hn::Set(d, 0x80)));
    const auto mark = hn::Or(hn::Lt(hn::Sub(third, hn::Set(d, 0x90)), hn::Set(d, 16)), hn::Eq(third, hn::Set(d, 0xa6)));
    latin |= BitsOf(d, hn::Eq(lead, hn::Set(d, 0xc2)), i);
    general |= BitsOf(d, hn::And(punctuation, mark), i);
    const auto single =
        hn::Or(hn::Lt(hn::Sub(third, hn::Set(d, 0x98)), hn::Set(d, 2)), hn::Eq(third, hn::Set(d, 0x9b)));
    apostrophes |= BitsOf(d, hn::And(punctuation, single), i);
  }
  // Curly apostrophes (U+2018, U+2019, U+201B) join letters only.
  const auto reach = [&](size_t block) { return masks.letters[block] | masks.high[block]; };
  const uint64_t behind = reach(at) << 1 | reach(at - 1) >> 63, ahead = reach(at) >> 3 | reach(at + 1) << 61;
  const uint64_t of_three = general & ~(apostrophes & behind & ahead);
  uint64_t of_two = 0;
  for (; HWY_UNLIKELY(latin != 0); latin &= latin - 1) {
    const uint8_t second = bytes[std::countr_zero(latin) + 1];
    if (second >= 0x80 && second < 0xc0 && (LatinSeparators() >> (second - 0x80) & 1) != 0) of_two |= latin & -latin;
  }
  const uint64_t both = of_two | of_three;
  masks.beyond[at] &= ~(both | both << 1 | of_three << 2);
  masks.beyond[at + 1] &= ~(both >> 63 | of_three >> 62);
}

void ClassifyBytesVariant(std::string_view chunk, ByteMasks& m, ByteMasks::Bytes& lower) {
  constexpr size_t kFirst = ByteMasks::kPad;  // position of the first block's masks
  const auto* const text = reinterpret_cast<const uint8_t*>(chunk.data());
  auto* const bytes = reinterpret_cast<uint8_t*>(lower.data());
  ClassifyAll(text, chunk.size(), m, bytes);
  const size_t whole = chunk.size() / 64, blocks = whole + 1;
  std::memset(bytes + blocks * 64, 0, 64);
  for (auto* masks : {&m.letters, &m.digits, &m.apostrophes, &m.stops, &m.commas, &m.percents, &m.high}) {
    (*masks)[kFirst - 1] = 0;
    std::memset(&(*masks)[kFirst + blocks], 0, ByteMasks::kPad * sizeof(uint64_t));
  }
  std::copy_n(m.high.begin() + kFirst - 1, 1 + blocks + ByteMasks::kPad, m.beyond.begin() + kFirst - 1);
  for (size_t block = 0; block < blocks; ++block) {
    if (HWY_UNLIKELY(m.beyond[kFirst + block] != 0))
      ClearSeparators((block + 1 < whole ? text : bytes) + block * 64, m, kFirst + block);
  }
}

}  // namespace unspin::HWY_NAMESPACE
#ifdef UNSPIN_TARGET
HWY_POP_ATTRIBUTES
#else
HWY_AFTER_NAMESPACE();
#endif

#if HWY_ONCE
namespace unspin {

HWY_EXPORT(ClassifyBytesVariant);

void ClassifyBytes(std::string_view chunk, ByteMasks& masks, ByteMasks::Bytes& lower) {
  assert(chunk.size() <= ByteMasks::kChunk && reinterpret_cast<uintptr_t>(lower.data()) % 64 == 0);
  ChooseKernels();
  HWY_DYNAMIC_DISPATCH(ClassifyBytesVariant)(chunk, masks, lower);
}

}  // namespace unspin
#endif
