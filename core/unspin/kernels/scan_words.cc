#include "unspin/kernels/scan_words.h"

#include <bit>
#include <cstring>

#include "unspin/base/word_hash.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "unspin/kernels/scan_words.cc"
#include <hwy/foreach_target.h>  // IWYU pragma: keep
#include <hwy/highway.h>

#include "unspin/kernels/variant.h"

HWY_BEFORE_NAMESPACE();
namespace unspin::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Bytes = hn::CappedTag<uint8_t, 64>;

// The masks of 64 bytes at `from`, which are written in lower case to `lower`.
HWY_INLINE void ClassifyBlock(const uint8_t* from, uint8_t* lower, WordScan::Masks& masks, size_t block) {
  const Bytes d;
  const size_t lanes = hn::Lanes(d);
  uint64_t letters = 0, digits = 0, joiners = 0, percents = 0, beyond = 0, leads = 0;
  for (size_t i = 0; i < 64; i += lanes) {
    const auto v = hn::LoadU(d, from + i);
    const auto folded = hn::Or(v, hn::Set(d, 0x20));
    const auto letter = hn::Lt(hn::Sub(folded, hn::Set(d, 'a')), hn::Set(d, 26));
    const auto digit = hn::Lt(hn::Sub(v, hn::Set(d, '0')), hn::Set(d, 10));
    const auto joiner = hn::Or(hn::Eq(v, hn::Set(d, '\'')), hn::Eq(hn::And(v, hn::Set(d, 0xfd)), hn::Set(d, ',')));
    const auto percent = hn::Eq(v, hn::Set(d, '%'));
    const auto high = hn::Gt(v, hn::Set(d, 0x7f));
    hn::StoreU(hn::IfThenElse(letter, folded, v), d, lower + i);
    const auto bits = [&](auto mask) HWY_ATTR {
      uint64_t word = 0;
      hn::StoreMaskBits(d, mask, reinterpret_cast<uint8_t*>(&word));
      return word << (i & 63);
    };
    letters |= bits(letter);
    digits |= bits(digit);
    joiners |= bits(joiner);
    percents |= bits(percent);
    const uint64_t high_bits = bits(high);
    beyond |= high_bits;
    if (HWY_UNLIKELY(high_bits != 0)) {
      leads |= bits(hn::Or(hn::Eq(v, hn::Set(d, 0xe2)), hn::Eq(v, hn::Set(d, 0xc2))));
    }
  }
  masks.letters[block] = letters;
  masks.digits[block] = digits;
  masks.joiners[block] = joiners;
  masks.percents[block] = percents;
  masks.beyond[block] = beyond;
  masks.leads[block] = leads;
}

// Appends the positions of the set bits to `out`.
HWY_INLINE size_t AppendPositions(uint64_t bits, size_t offset, uint16_t* out) {
  const hn::CappedTag<uint16_t, 32> d;
  const size_t lanes = hn::Lanes(d);
  size_t count = 0;
  auto position = hn::Add(hn::Iota(d, 0), hn::Set(d, static_cast<uint16_t>(offset)));
  const auto step = hn::Set(d, static_cast<uint16_t>(lanes));
  for (size_t i = 0; i < 64; i += lanes) {
    const uint64_t part = bits >> i;
    uint8_t bytes[8];
    std::memcpy(bytes, &part, 8);
    count += hn::CompressBitsStore(position, bytes, d, out + count);
    position = hn::Add(position, step);
  }
  return count;
}

// Symbols and spaces of Latin-1: they separate words, as their like in ASCII do. The others may be letters, digits,
// hidden, or fold to any of those.
constexpr uint64_t LatinSeparators() {
  uint64_t set = 0;
  for (const int c :
       {0xa0, 0xa1, 0xa2, 0xa3, 0xa4, 0xa5, 0xa6, 0xa7, 0xa9, 0xab, 0xac, 0xae, 0xb0, 0xb1, 0xb6, 0xb7, 0xbb, 0xbf}) {
    set |= uint64_t{1} << (c - 0x80);
  }
  return set;
}

void ScanWordsVariant(std::string_view chunk, WordScan& scan) {
  const auto* text = reinterpret_cast<const uint8_t*>(chunk.data());
  auto* lower = reinterpret_cast<uint8_t*>(scan.lower.data());
  WordScan::Masks& m = scan.masks;
  const size_t whole = chunk.size() / 64, blocks = whole + 1;
  for (size_t block = 0; block < whole; ++block) ClassifyBlock(text + block * 64, lower + block * 64, m, block);
  alignas(64) uint8_t tail[64] = {};
  std::memcpy(tail, text + whole * 64, chunk.size() - whole * 64);
  ClassifyBlock(tail, lower + whole * 64, m, whole);
  std::memset(lower + blocks * 64, 0, 64);
  m.letters[blocks] = m.digits[blocks] = m.beyond[blocks] = 0;

  const auto byte = [&](size_t at) { return at < chunk.size() ? text[at] : uint8_t{0}; };
  const auto is_letter = [](uint8_t c) { return static_cast<uint8_t>((c | 0x20) - 'a') < 26; };
  uint16_t* edges = scan.edges.data();
  uint16_t* slow_out = scan.slow.data();
  uint64_t last_run = 0, last_slow = 0, last_part = 0;  // of the block before
  for (size_t block = 0; block < blocks; ++block) {
    uint64_t words = m.letters[block] | m.digits[block], slow = 0;
    if (HWY_UNLIKELY(m.beyond[block] != 0)) {
      uint64_t beyond = m.beyond[block];
      for (uint64_t leads = m.leads[block]; leads != 0; leads &= leads - 1) {
        const size_t bit = static_cast<size_t>(std::countr_zero(leads)), at = block * 64 + bit;
        uint64_t size = 0;
        const uint8_t second = byte(at + 1);
        if (text[at] == 0xc2) {
          if (second >= 0x80 && second < 0xc0 && (LatinSeparators() >> (second - 0x80) & 1) != 0) size = 2;
        } else if (second == 0x80) {
          const uint8_t third = byte(at + 2);
          if ((third >= 0x90 && third <= 0x98) || (third >= 0x9a && third <= 0x9f) || third == 0xa6) size = 3;
          if (third == 0x99) {
            // A curly apostrophe joins letters only.
            const uint8_t before = at > 0 ? text[at - 1] : 0, behind = byte(at + 3);
            if (!(is_letter(before) || before >= 0x80) || !(is_letter(behind) || behind >= 0x80)) size = 3;
          }
        }
        if (size == 0) continue;
        const uint64_t gone = (uint64_t{1} << size) - 1;
        beyond &= ~(gone << bit);
        if (bit + size > 64) m.beyond[block + 1] &= ~(gone >> (64 - bit));
      }
      m.beyond[block] = beyond;
      words |= beyond;
      slow |= beyond;
    }
    uint64_t percents = m.percents[block];
    slow |= percents;
    words |= percents;
    // What a joiner may join: word bytes before and behind it. Those of the next block are not cleared of separators
    // yet, which can only make a run slow that need not be.
    const uint64_t part = m.letters[block] | m.digits[block] | m.beyond[block];
    const uint64_t next = (m.letters[block + 1] | m.digits[block + 1] | m.beyond[block + 1]) << 63;
    uint64_t joiners = m.joiners[block] & (part << 1 | last_part >> 63) & (part >> 1 | next);
    for (; joiners != 0; joiners &= joiners - 1) {
      const size_t at = block * 64 + static_cast<size_t>(std::countr_zero(joiners));
      const uint64_t bit = joiners & -joiners;
      const uint8_t before = text[at - 1], behind = text[at + 1];
      if (before >= 0x80 || behind >= 0x80) {
        slow |= bit;
      } else if (text[at] == '\'') {
        if (!is_letter(before) || !is_letter(behind)) continue;
      } else if (is_letter(before) && is_letter(behind)) {
        if (text[at] == ',') continue;
        slow |= bit;  // "U.S", or two sentences without a space
      } else if (is_letter(before) || is_letter(behind)) {
        continue;
      }
      words |= bit;
    }
    edges += AppendPositions(words ^ (words << 1 | last_run >> 63), block * 64, edges);
    for (uint64_t first = slow & ~(slow << 1 | last_slow >> 63); first != 0; first &= first - 1) {
      *slow_out++ = static_cast<uint16_t>(block * 64 + static_cast<size_t>(std::countr_zero(first)));
    }
    last_run = words;
    last_slow = slow;
    last_part = part;
  }
  scan.runs = static_cast<size_t>(edges - scan.edges.data()) / 2;
  scan.slow_bytes = static_cast<size_t>(slow_out - scan.slow.data());
}

struct ByteMasks {
  uint64_t lo[kWordBlock + 1], hi[kWordBlock + 1];
};
constexpr ByteMasks MakeByteMasks() {
  ByteMasks masks{};
  for (size_t size = 0; size <= kWordBlock; ++size) {
    masks.lo[size] = size >= 8 ? ~uint64_t{0} : (uint64_t{1} << size * 8) - 1;
    masks.hi[size] = size <= 8 ? 0 : size >= 16 ? ~uint64_t{0} : (uint64_t{1} << (size - 8) * 8) - 1;
  }
  return masks;
}
alignas(64) constexpr ByteMasks kByteMasks = MakeByteMasks();

void HashRunsVariant(const WordScan& scan, size_t first, size_t last, uint64_t* hashes) {
  const char* lower = scan.lower.data();
  const uint16_t* edges = scan.edges.data();
  for (size_t run = first; run < last; ++run) {
    const char* bytes = lower + edges[2 * run];
    size_t left = static_cast<size_t>(edges[2 * run + 1] - edges[2 * run]);
    uint64_t state = HashWordStart(left), lo, hi;
    while (HWY_UNLIKELY(left > kWordBlock)) {
      std::memcpy(&lo, bytes, 8);
      std::memcpy(&hi, bytes + 8, 8);
      state = HashWordBlock(state, lo, hi);
      bytes += kWordBlock;
      left -= kWordBlock;
    }
    std::memcpy(&lo, bytes, 8);
    std::memcpy(&hi, bytes + 8, 8);
    *hashes++ = HashWordBlock(state, lo & kByteMasks.lo[left], hi & kByteMasks.hi[left]);
  }
}

}  // namespace unspin::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace unspin {

HWY_EXPORT(ScanWordsVariant);
HWY_EXPORT(HashRunsVariant);

void ScanWords(std::string_view chunk, WordScan& scan) {
  ChooseKernels();
  HWY_DYNAMIC_DISPATCH(ScanWordsVariant)(chunk, scan);
}

void HashRuns(const WordScan& scan, size_t first, size_t last, uint64_t* hashes) {
  HWY_DYNAMIC_DISPATCH(HashRunsVariant)(scan, first, last, hashes);
}

}  // namespace unspin
#endif
