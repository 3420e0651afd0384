#include "unspin/kernels/scan_words.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstring>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "unspin/kernels/scan_words.cc"
#include <hwy/foreach_target.h>  // IWYU pragma: keep
#include <hwy/highway.h>

#include "unspin/kernels/variant.h"

// Masks have one bit for each byte. In this picture the first byte is on the left, and zeros are dots:
//
//   text             don't 1,000 U.S.
//   letters          111.1.......1.1.
//   digits           ......1.111.....
//   apostrophes      ...1............
//   commas           .......1........
//   stops            .............1.1
//   joined           ...1...1........   apostrophes between letters, stops and commas between digits
//   slow             .............1..   a stop between letters: "U.S", or two sentences without a space
//   words            11111.11111.111.   letters, digits, joined and slow
//   edges            1....11....11..1   words ^ (words << 1): begin and end of each run, in turns
//
// The runs are [0, 5), [6, 11) and [12, 15); the third is slow. Decisions 15 and 32 say why the order is fast: all
// masks of a chunk first, in vectors of eight blocks, then the edges of one block after the other.

HWY_BEFORE_NAMESPACE();
namespace unspin::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// For each value of a byte: the positions of its set bits, in order.
struct SetBits {
  uint8_t of_byte[256][8];
};
constexpr SetBits MakeSetBits() {
  SetBits bits{};
  for (unsigned byte = 0; byte < 256; ++byte) {
    size_t count = 0;
    for (uint8_t bit = 0; bit < 8; ++bit) {
      if ((byte >> bit & 1) != 0) bits.of_byte[byte][count++] = bit;
    }
  }
  return bits;
}
alignas(64) constexpr SetBits kSetBits = MakeSetBits();

// Writes `offset` plus the position of each set bit to `out` and returns how many. May write up to 64 numbers.
HWY_INLINE size_t AppendPositions(uint64_t bits, size_t offset, uint16_t* out) {
#if HWY_TARGET == HWY_AVX3_DL
  const hn::Full512<uint16_t> d;
  const hn::Full256<uint8_t> half;
  const hn::Vec512<uint8_t> packed{_mm512_maskz_compress_epi8(bits, hn::Iota(hn::Full512<uint8_t>(), 0).raw)};
  const auto from = hn::Set(d, static_cast<uint16_t>(offset));
  const auto count = static_cast<size_t>(std::popcount(bits));
  hn::StoreU(hn::Add(hn::PromoteTo(d, hn::LowerHalf(half, packed)), from), d, out);
  // Rare: more than 32 edges in 64 bytes, as in a table of numbers.
  if (HWY_UNLIKELY(count > 32)) hn::StoreU(hn::Add(hn::PromoteTo(d, hn::UpperHalf(half, packed)), from), d, out + 32);
  return count;
#elif HWY_TARGET == HWY_AVX3
  const hn::Full512<uint16_t> d;
  const size_t lanes = hn::Lanes(d);
  size_t count = 0;
  auto position = hn::Add(hn::Iota(d, 0), hn::Set(d, static_cast<uint16_t>(offset)));
  const auto step = hn::Set(d, static_cast<uint16_t>(lanes));
  for (size_t i = 0; i < 64; i += lanes) {
    const auto lane_bits = static_cast<uint32_t>(bits >> i);
    uint8_t bytes[8];
    std::memcpy(bytes, &lane_bits, sizeof lane_bits);
    count += hn::CompressBitsStore(position, bytes, d, out + count);
    position = hn::Add(position, step);
  }
  return count;
#else
  // Eight bits at a time from a table, without a branch.
  const hn::CappedTag<uint16_t, 8> d;
  const hn::Rebind<uint8_t, decltype(d)> narrow;
  constexpr size_t kLanes = hn::MaxLanes(d);
  uint16_t* const begin = out;
  auto from = hn::Set(d, static_cast<uint16_t>(offset));
#pragma GCC unroll 8
  for (size_t i = 0; i < 64; i += 8) {
    const uint64_t eight = bits >> i & 0xff;
    for (size_t k = 0; k < 8; k += kLanes) {
      const auto positions = hn::PromoteTo(d, hn::LoadU(narrow, kSetBits.of_byte[eight] + k));
      hn::StoreU(hn::Add(positions, from), d, out + k);
    }
    from = hn::Add(from, hn::Set(d, 8));
    out += std::popcount(eight);
  }
  return static_cast<size_t>(out - begin);
#endif
}

using Words = hn::CappedTag<uint64_t, WordScan::kPad>;

// The masks of eight blocks, moved by one byte: bit i is that of the byte before byte i, or of the byte behind it.
HWY_INLINE auto Before(const uint64_t* masks) {
  const Words d;
  return hn::Or(hn::ShiftLeft<1>(hn::LoadU(d, masks)), hn::ShiftRight<63>(hn::LoadU(d, masks - 1)));
}
HWY_INLINE auto Behind(const uint64_t* masks) {
  const Words d;
  return hn::Or(hn::ShiftRight<1>(hn::LoadU(d, masks)), hn::ShiftLeft<63>(hn::LoadU(d, masks + 1)));
}

// Computes the masks `words` and `slow` of the blocks from `at` on, one vector of blocks.
HWY_INLINE void FindWords(WordScan::Masks& m, size_t at) {
  const Words d;
  const auto letters_around = hn::And(Before(&m.letters[at]), Behind(&m.letters[at]));
  const auto digits_around = hn::And(Before(&m.digits[at]), Behind(&m.digits[at]));
  const auto before_beyond = Before(&m.beyond[at]), behind_beyond = Behind(&m.beyond[at]);
  const auto before = hn::Or(hn::Or(Before(&m.letters[at]), Before(&m.digits[at])), before_beyond);
  const auto behind = hn::Or(hn::Or(Behind(&m.letters[at]), Behind(&m.digits[at])), behind_beyond);
  const auto beyond_around = hn::And(hn::Or(before_beyond, behind_beyond), hn::And(before, behind));
  const auto apostrophes = hn::LoadU(d, &m.apostrophes[at]), stops = hn::LoadU(d, &m.stops[at]);
  const auto commas = hn::LoadU(d, &m.commas[at]), percents = hn::LoadU(d, &m.percents[at]);
  const auto beyond = hn::LoadU(d, &m.beyond[at]);
  const auto joiners = hn::Or(hn::Or(apostrophes, stops), commas);
  const auto unclear = hn::Or(hn::And(joiners, beyond_around), hn::And(stops, letters_around));
  const auto slow = hn::Or(hn::Or(beyond, percents), unclear);
  const auto joined = hn::Or(hn::And(apostrophes, letters_around), hn::And(hn::Or(stops, commas), digits_around));
  const auto alphanumeric = hn::Or(hn::LoadU(d, &m.letters[at]), hn::LoadU(d, &m.digits[at]));
  hn::StoreU(hn::Or(hn::Or(alphanumeric, joined), slow), d, &m.words[at]);
  hn::StoreU(slow, d, &m.slow[at]);
}

void ScanWordsVariant(std::string_view chunk, WordScan& scan) {
  constexpr size_t kFirst = WordScan::kPad;  // position of the first block's masks
  WordScan::Masks& m = scan.masks;
  const size_t blocks = chunk.size() / 64 + 1;
  for (size_t block = 0; block < blocks; block += hn::Lanes(Words())) FindWords(m, kFirst + block);

  uint16_t* edges = scan.edges.data();
  uint16_t* slow_out = scan.slow.data();
  uint64_t last_words = 0, last_slow = 0;  // masks of the block before
  for (size_t block = 0; block < blocks; ++block) {
    const uint64_t words = m.words[kFirst + block], slow = m.slow[kFirst + block];
    const uint64_t changes = words ^ (words << 1 | last_words >> 63);
    uint16_t* const before = edges;
    edges += AppendPositions(changes, block * 64, edges);
    // For each first byte of a slow stretch: half of the edges up to it is the number of its run.
    for (uint64_t first = slow & ~(slow << 1 | last_slow >> 63); HWY_UNLIKELY(first != 0); first &= first - 1) {
      const auto edges_up_to = static_cast<size_t>(std::popcount(changes & (first ^ (first - 1))));
      *slow_out++ = static_cast<uint16_t>((static_cast<size_t>(before - scan.edges.data()) + edges_up_to) / 2);
    }
    last_words = words;
    last_slow = slow;
  }
  std::memset(edges, 0, 2 * WordScan::kPad * sizeof *edges);
  scan.runs = static_cast<size_t>(edges - scan.edges.data()) / 2;
  scan.slow_runs = static_cast<size_t>(slow_out - scan.slow.data());
}

}  // namespace unspin::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace unspin {

HWY_EXPORT(ScanWordsVariant);

size_t EndOfChunk(std::string_view text, size_t begin) {
  assert(begin < text.size());
  const auto separates = [&](size_t at) {
    const char c = text[at];
    return c == ' ' || (c >= '\t' && c <= '\r');
  };
  if (text.size() - begin <= WordScan::kChunk) return text.size();
  const size_t limit = begin + WordScan::kChunk;
  size_t end = limit;
  while (end > begin && !separates(end - 1)) --end;
  if (end > begin) return end;
  end = limit;
  while (end < text.size() && !separates(end)) ++end;
  return end;
}

void ScanWords(std::string_view chunk, WordScan& scan) {
  assert(chunk.size() <= WordScan::kChunk);
  ClassifyBytes(chunk, scan.masks, scan.lower);
  HWY_DYNAMIC_DISPATCH(ScanWordsVariant)(chunk, scan);
}

}  // namespace unspin
#endif
