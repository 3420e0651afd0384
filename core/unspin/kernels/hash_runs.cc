#include "unspin/kernels/hash_runs.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstring>

#include "unspin/base/word_hash.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "unspin/kernels/hash_runs.cc"
#include <hwy/foreach_target.h>  // IWYU pragma: keep
#include <hwy/highway.h>

#include "unspin/kernels/variant.h"

// A word of up to 16 bytes is one block: 99 % of all words. Its hash is one product, without a branch on its length.
//
//   edges        0 5 6 11              runs [0, 5) and [6, 11) of the text `don't 1,000 U.S.`
//   block        don't 1,000 u.s.      16 bytes from the first edge on, whatever run they belong to
//   size mask    fffff...........      the bytes of this run; from a table by size, or by shifts
//   masked       don't                 lo: bytes 0 to 7, hi: bytes 8 to 15
//   hash         FoldProduct(lo ^ mix, hi ^ mix); the mixes depend on the size (base/word_hash.h, decision 16)
//
// Decision 32 has the measurements of the vector product.

HWY_BEFORE_NAMESPACE();
namespace unspin::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Words = hn::CappedTag<uint64_t, WordScan::kPad>;

// For each size of a word of one block: the mask of its bytes in the block, and the numbers that they are mixed with.
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
  // In scripts without spaces a run may be a whole paragraph. It is slow, and its hash is not used.
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
// The first 16 bytes of four runs, every other one from `edges` on: the first, third, fifth and seventh.
HWY_INLINE auto LoadBlocks(const uint8_t* lower, const uint16_t* edges) {
  const hn::Full128<uint8_t> block;
  const hn::Full256<uint8_t> two;
  const auto first = hn::Combine(two, hn::LoadU(block, lower + edges[4]), hn::LoadU(block, lower + edges[0]));
  const auto second = hn::Combine(two, hn::LoadU(block, lower + edges[12]), hn::LoadU(block, lower + edges[8]));
  return hn::Combine(hn::Full512<uint8_t>(), second, first);
}

// FoldProduct of each lane.
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
// The hash of a word of one block.
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

HWY_EXPORT(HashRunsVariant);

void HashRuns(const WordScan& scan, std::span<uint64_t> hashes) {
  assert(hashes.size() >= scan.runs + WordScan::kPad - 1);
  ChooseKernels();
  HWY_DYNAMIC_DISPATCH(HashRunsVariant)(scan, hashes.data());
}

}  // namespace unspin
#endif
