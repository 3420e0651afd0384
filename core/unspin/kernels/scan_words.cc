#include "unspin/kernels/scan_words.h"

#include <algorithm>
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

// The positions of the set bits of each byte, in order.
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

// Appends the positions of the set bits to `out`, and writes some more behind them.
HWY_INLINE size_t AppendPositions(uint64_t bits, size_t offset, uint16_t* out) {
#if HWY_TARGET == HWY_AVX3_DL
  const hn::Full512<uint16_t> d;
  const hn::Full256<uint8_t> half;
  const hn::Vec512<uint8_t> packed{_mm512_maskz_compress_epi8(bits, hn::Iota(hn::Full512<uint8_t>(), 0).raw)};
  const auto from = hn::Set(d, static_cast<uint16_t>(offset));
  const auto count = static_cast<size_t>(std::popcount(bits));
  hn::StoreU(hn::Add(hn::PromoteTo(d, hn::LowerHalf(half, packed)), from), d, out);
  // As many in a block is a rare table of numbers.
  if (HWY_UNLIKELY(count > 32)) hn::StoreU(hn::Add(hn::PromoteTo(d, hn::UpperHalf(half, packed)), from), d, out + 32);
  return count;
#elif HWY_TARGET == HWY_AVX3
  const hn::Full512<uint16_t> d;
  const size_t lanes = hn::Lanes(d);
  size_t count = 0;
  auto position = hn::Add(hn::Iota(d, 0), hn::Set(d, static_cast<uint16_t>(offset)));
  const auto step = hn::Set(d, static_cast<uint16_t>(lanes));
  for (size_t i = 0; i < 64; i += lanes) {
    const auto part = static_cast<uint32_t>(bits >> i);
    uint8_t bytes[8];
    std::memcpy(bytes, &part, sizeof part);
    count += hn::CompressBitsStore(position, bytes, d, out + count);
    position = hn::Add(position, step);
  }
  return count;
#else
  // Eight bits at a time by a table, without a branch.
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

// Each byte's neighbours: the byte before it, and the one behind.
HWY_INLINE auto Before(const uint64_t* masks) {
  const Words d;
  return hn::Or(hn::ShiftLeft<1>(hn::LoadU(d, masks)), hn::ShiftRight<63>(hn::LoadU(d, masks - 1)));
}
HWY_INLINE auto Behind(const uint64_t* masks) {
  const Words d;
  return hn::Or(hn::ShiftRight<1>(hn::LoadU(d, masks)), hn::ShiftLeft<63>(hn::LoadU(d, masks + 1)));
}

// From what each byte is to which bytes are in words, and which of those need a closer look: several blocks at a time.
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
  // "U.S", or two sentences without a space.
  const auto unclear = hn::Or(hn::And(joiners, beyond_around), hn::And(stops, letters_around));
  const auto slow = hn::Or(hn::Or(beyond, percents), unclear);
  const auto joined = hn::Or(hn::And(apostrophes, letters_around), hn::And(hn::Or(stops, commas), digits_around));
  const auto alphanumeric = hn::Or(hn::LoadU(d, &m.letters[at]), hn::LoadU(d, &m.digits[at]));
  hn::StoreU(hn::Or(hn::Or(alphanumeric, joined), slow), d, &m.words[at]);
  hn::StoreU(slow, d, &m.slow[at]);
}

void ScanWordsVariant(std::string_view chunk, WordScan& scan) {
  constexpr size_t kFirst = WordScan::kPad;  // where the first block's masks stand
  WordScan::Masks& m = scan.masks;
  const size_t blocks = chunk.size() / 64 + 1;
  for (size_t block = 0; block < blocks; block += hn::Lanes(Words())) FindWords(m, kFirst + block);

  uint16_t* edges = scan.edges.data();
  uint16_t* slow_out = scan.slow.data();
  uint64_t last_run = 0, last_slow = 0;  // of the block before
  for (size_t block = 0; block < blocks; ++block) {
    const uint64_t words = m.words[kFirst + block], slow = m.slow[kFirst + block];
    const uint64_t changes = words ^ (words << 1 | last_run >> 63);
    uint16_t* const before = edges;
    edges += AppendPositions(changes, block * 64, edges);
    for (uint64_t first = slow & ~(slow << 1 | last_slow >> 63); HWY_UNLIKELY(first != 0); first &= first - 1) {
      const auto edges_up_to = static_cast<size_t>(std::popcount(changes & (first ^ (first - 1))));
      *slow_out++ = static_cast<uint16_t>((static_cast<size_t>(before - scan.edges.data()) + edges_up_to) / 2);
    }
    last_run = words;
    last_slow = slow;
  }
  std::memset(edges, 0, 2 * WordScan::kPad * sizeof *edges);
  scan.runs = static_cast<size_t>(edges - scan.edges.data()) / 2;
  scan.slow_runs = static_cast<size_t>(slow_out - scan.slow.data());
}

// For each size of a word that is one block: the bytes of the block that are the word's, and what these are mixed with.
struct BlockRow {
  uint64_t lo_mask, hi_mask, lo_mix, hi_mix;
};
struct BlockRows {
  BlockRow of_size[kWordBlock + 1];
};
constexpr BlockRows MakeBlockRows() {
  BlockRows rows{};
  for (size_t size = 0; size <= kWordBlock; ++size) {
    const uint64_t start = kWordKey ^ (size * kWordC0);
    rows.of_size[size].lo_mask = size >= 8 ? ~uint64_t{0} : (uint64_t{1} << size * 8) - 1;
    rows.of_size[size].hi_mask = size <= 8 ? 0 : size >= 16 ? ~uint64_t{0} : (uint64_t{1} << (size - 8) * 8) - 1;
    rows.of_size[size].lo_mix = kWordC1 ^ start;
    rows.of_size[size].hi_mix = kWordC2 ^ std::rotl(start, 32);
  }
  return rows;
}
alignas(64) constexpr BlockRows kBlockRows = MakeBlockRows();

HWY_NOINLINE uint64_t HashLongRun(const WordScan& scan, size_t begin, size_t left) {
  // Other scripts make runs of whole paragraphs, all of them slow.
  if ((scan.masks.slow[WordScan::kPad + begin / 64] >> begin % 64 & 1) != 0) return 0;
  const char* bytes = scan.lower.data() + begin;
  uint64_t state = HashWordStart(left), lo, hi;
  for (; left > kWordBlock; left -= kWordBlock, bytes += kWordBlock) {
    std::memcpy(&lo, bytes, 8);
    std::memcpy(&hi, bytes + 8, 8);
    state = HashWordBlock(state, lo, hi);
  }
  std::memcpy(&lo, bytes, 8);
  std::memcpy(&hi, bytes + 8, 8);
  const BlockRow& row = kBlockRows.of_size[left];
  return HashWordBlock(state, lo & row.lo_mask, hi & row.hi_mask);
}

#if HWY_TARGET == HWY_AVX3 || HWY_TARGET == HWY_AVX3_DL
// The first 16 bytes of every other run, from `edges` on: those of the first, the third, …
HWY_INLINE auto LoadBlocks(const uint8_t* lower, const uint16_t* edges) {
  const hn::Full128<uint8_t> block;
  const hn::Full256<uint8_t> two;
  const auto first = hn::Combine(two, hn::LoadU(block, lower + edges[4]), hn::LoadU(block, lower + edges[0]));
  const auto second = hn::Combine(two, hn::LoadU(block, lower + edges[12]), hn::LoadU(block, lower + edges[8]));
  return hn::Combine(hn::Full512<uint8_t>(), second, first);
}

// FoldProduct.
template <class V>
HWY_INLINE V FoldProducts(V a, V b) {
  const Words d;
  const hn::Repartition<uint32_t, Words> halves;
  const auto product = [&](V x, V y) HWY_ATTR { return hn::MulEven(hn::BitCast(halves, x), hn::BitCast(halves, y)); };
  const auto low_half = hn::Set(d, 0xffffffffu);
  const auto a_high = hn::ShiftRight<32>(a), b_high = hn::ShiftRight<32>(b);
  const auto low = product(a, b);
  const auto middle = hn::Add(product(a_high, b), hn::ShiftRight<32>(low));
  const auto other = hn::Add(product(a, b_high), hn::And(middle, low_half));
  const auto high = hn::Add(hn::Add(product(a_high, b_high), hn::ShiftRight<32>(middle)), hn::ShiftRight<32>(other));
  return hn::Xor(hn::Mul(a, b), high);
}

void HashRunsVariant(const WordScan& scan, uint64_t* HWY_RESTRICT hashes) {
  const Words d;
  const hn::Repartition<uint16_t, Words> quarters;
  const hn::Rebind<uint32_t, Words> pairs;
  constexpr size_t kLanes = hn::MaxLanes(Words());
  const auto* lower = reinterpret_cast<const uint8_t*>(scan.lower.data());
  const auto all = hn::Set(d, ~uint64_t{0});
  for (size_t run = 0; run < scan.runs; run += kLanes) {
    const uint16_t* edges = scan.edges.data() + 2 * run;
    const auto pair = hn::LoadU(pairs, reinterpret_cast<const uint32_t*>(edges));
    const auto size = hn::PromoteTo(d, hn::Sub(hn::ShiftRight<16>(pair), hn::And(pair, hn::Set(pairs, 0xffff))));
    const auto even = LoadBlocks(lower, edges), odd = LoadBlocks(lower, edges + 2);
    const auto lo = hn::InterleaveLower(d, hn::BitCast(d, even), hn::BitCast(d, odd));
    const auto hi = hn::InterleaveUpper(d, hn::BitCast(d, even), hn::BitCast(d, odd));
    // These processors shift everything out where a count is 64 or more.
    const auto lo_bits = hn::ShiftLeft<3>(size);
    const auto hi_bits =
        hn::BitCast(d, hn::SaturatedSub(hn::BitCast(quarters, lo_bits), hn::BitCast(quarters, hn::Set(d, 64))));
    const auto start = hn::Xor(hn::Mul(size, hn::Set(d, kWordC0)), hn::Set(d, kWordKey));
    const auto a = hn::Xor(hn::AndNot(hn::Shl(all, lo_bits), lo), hn::Xor(start, hn::Set(d, kWordC1)));
    const auto b =
        hn::Xor(hn::AndNot(hn::Shl(all, hi_bits), hi), hn::Xor(hn::RotateRight<32>(start), hn::Set(d, kWordC2)));
    hn::StoreU(FoldProducts(a, b), d, hashes + run);
    if (HWY_UNLIKELY(!hn::AllFalse(d, hn::Gt(size, hn::Set(d, uint64_t{kWordBlock}))))) {
      for (size_t k = 0; k < kLanes; ++k) {
        const size_t long_size = static_cast<size_t>(edges[2 * k + 1] - edges[2 * k]);
        if (long_size > kWordBlock) hashes[run + k] = HashLongRun(scan, edges[2 * k], long_size);
      }
    }
  }
}
#else
// The hash of a word that is one block.
HWY_INLINE uint64_t HashBlock(const char* bytes, const BlockRow& row) {
#if HWY_TARGET == HWY_SCALAR
  uint64_t lo, hi;
  std::memcpy(&lo, bytes, 8);
  std::memcpy(&hi, bytes + 8, 8);
  return FoldProduct((lo & row.lo_mask) ^ row.lo_mix, (hi & row.hi_mask) ^ row.hi_mix);
#else
  const hn::Full128<uint64_t> d;
  const auto block = hn::LoadU(d, reinterpret_cast<const uint64_t*>(bytes));
  const auto mixed = hn::Xor(hn::And(block, hn::Load(d, &row.lo_mask)), hn::Load(d, &row.lo_mix));
  return FoldProduct(hn::GetLane(mixed), hn::ExtractLane(mixed, 1));
#endif
}

void HashRunsVariant(const WordScan& scan, uint64_t* HWY_RESTRICT hashes) {
  const hn::CappedTag<uint32_t, 8> d;
  constexpr size_t kLanes = hn::MaxLanes(d), kStep = std::min<size_t>(kLanes, 2), kBatch = 64;
  const char* const lower = scan.lower.data();
  const auto block = hn::Set(d, uint32_t{kWordBlock});
  for (size_t batch = 0; batch < scan.runs; batch += kBatch) {
    const uint16_t* const edges = scan.edges.data() + 2 * batch;
    uint64_t* const out = hashes + batch;
    const size_t count = std::min(kBatch, scan.runs - batch);
    // Sizes by vectors, products one by one: these processors have no vectors of such products.
    alignas(32) uint32_t sizes[kBatch];
    auto longest = block;
    for (size_t i = 0; i < count; i += kLanes) {
      const auto pairs = hn::LoadU(d, reinterpret_cast<const uint32_t*>(edges + 2 * i));
      const auto size = hn::Sub(hn::ShiftRight<16>(pairs), hn::And(pairs, hn::Set(d, 0xffff)));
      longest = hn::Max(longest, size);
      hn::Store(hn::Min(size, block), d, sizes + i);
    }
    for (size_t k = 0; k < count; k += kStep) {
#pragma GCC unroll 2
      for (size_t j = k; j < k + kStep; ++j) out[j] = HashBlock(lower + edges[2 * j], kBlockRows.of_size[sizes[j]]);
    }
    if (HWY_LIKELY(hn::AllTrue(d, hn::Eq(longest, block)))) continue;
    for (size_t k = 0; k < count; ++k) {
      const size_t begin = edges[2 * k], size = edges[2 * k + 1] - begin;
      if (HWY_UNLIKELY(size > kWordBlock)) out[k] = HashLongRun(scan, begin, size);
    }
  }
}
#endif

}  // namespace unspin::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace unspin {

HWY_EXPORT(ScanWordsVariant);
HWY_EXPORT(HashRunsVariant);

size_t EndOfChunk(std::string_view text, size_t begin) {
  const auto separates = [&](size_t at) { return static_cast<unsigned char>(text[at]) <= ' '; };
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
  ClassifyBytes(chunk, scan.masks, scan.lower);
  HWY_DYNAMIC_DISPATCH(ScanWordsVariant)(chunk, scan);
}

void HashRuns(const WordScan& scan, uint64_t* hashes) { HWY_DYNAMIC_DISPATCH(HashRunsVariant)(scan, hashes); }

}  // namespace unspin
#endif
