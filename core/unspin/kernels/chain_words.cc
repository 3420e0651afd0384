#include "unspin/kernels/chain_words.h"

#include <algorithm>
#include <utility>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "unspin/kernels/chain_words.cc"
#include <hwy/foreach_target.h>  // IWYU pragma: keep
#include <hwy/highway.h>

#include "unspin/kernels/variant.h"

#ifndef UNSPIN_KERNELS_CHAIN_WORDS_ONCE
#define UNSPIN_KERNELS_CHAIN_WORDS_ONCE
namespace unspin::internal {

// The cells of anti-diagonal d = x + y lie at their x. Lanes are the words of the shorter run.
struct ChainMatrix {
  size_t lanes = 0, others = 0;  // words
  // From word x: of the lanes; from words - d + x: of the others, last word first. All are padded to whole vectors.
  const uint32_t *lane_keys, *lane_spellings, *other_keys, *other_spellings;
  const int32_t* worth;       // of the original's words, as these lie
  int32_t *scores, *bonuses;  // three anti-diagonals each, `stride` apart
  size_t stride;
  uint8_t* trace;  // one row for each anti-diagonal
};

enum : uint8_t { kDiagonal = 0, kOfOriginal = 1, kOfSuspect = 2 };  // words that a step takes

constexpr size_t kPadding = 16;  // lanes of the widest vector

}  // namespace unspin::internal
#endif

HWY_BEFORE_NAMESPACE();
namespace unspin::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Scores = hn::CappedTag<int32_t, internal::kPadding>;

template <bool kLanesAreOriginal>
HWY_INLINE void FillMatrix(const internal::ChainMatrix& m) {
  const Scores d;
  const hn::RebindToUnsigned<Scores> du;
  const hn::Rebind<uint8_t, Scores> bytes;
  const size_t width = hn::Lanes(d);
  const auto gap = hn::Set(d, kGap), mismatch = hn::Set(d, kMismatch), stem = hn::Set(d, kStemMatch),
             adjacent = hn::Set(d, kAdjacent);
  // Of equal scores the diagonal wins, then the step that takes a word of the original.
  const auto of_lane = hn::Set(d, int32_t{kLanesAreOriginal ? internal::kOfOriginal : internal::kOfSuspect});
  const auto of_other = hn::Set(d, int32_t{kLanesAreOriginal ? internal::kOfSuspect : internal::kOfOriginal});
  int32_t *now = m.scores, *last = now + m.stride, *before = last + m.stride;
  int32_t *bonus_now = m.bonuses, *bonus_last = bonus_now + m.stride, *bonus_before = bonus_last + m.stride;
  last[0] = 0;
  bonus_last[0] = 0;
  for (size_t diagonal = 1; diagonal <= m.lanes + m.others; ++diagonal) {
    const size_t begin = std::max<size_t>(1, diagonal > m.others ? diagonal - m.others : 0);
    const size_t end = std::min(diagonal - 1, m.lanes) + 1;
    const size_t shift = m.others - diagonal;  // wraps around where x brings it back
    uint8_t* trace = m.trace + diagonal * m.stride;
    for (size_t x = begin; x < end; x += width) {
      const auto same_key = hn::Eq(hn::LoadU(du, m.lane_keys + x - 1), hn::LoadU(du, m.other_keys + (shift + x)));
      const auto same_spelling =
          hn::Eq(hn::LoadU(du, m.lane_spellings + x - 1), hn::LoadU(du, m.other_spellings + (shift + x)));
      const auto worth = hn::LoadU(d, kLanesAreOriginal ? m.worth + x - 1 : m.worth + (shift + x));
      const auto equal = hn::RebindMask(d, same_key);
      const auto match = hn::Add(hn::IfThenElse(hn::RebindMask(d, same_spelling), worth, hn::Min(worth, stem)),
                                 hn::LoadU(d, bonus_before + x - 1));
      auto best = hn::Add(hn::LoadU(d, before + x - 1), hn::IfThenElse(equal, match, mismatch));
      auto from = hn::Zero(d);
      const auto lane_step = hn::Add(hn::LoadU(d, last + x - 1), gap);
      const auto other_step = hn::Add(hn::LoadU(d, last + x), gap);
      const auto first = kLanesAreOriginal ? lane_step : other_step;
      const auto second = kLanesAreOriginal ? other_step : lane_step;
      from = hn::IfThenElse(hn::Gt(first, best), kLanesAreOriginal ? of_lane : of_other, from);
      best = hn::Max(best, first);
      from = hn::IfThenElse(hn::Gt(second, best), kLanesAreOriginal ? of_other : of_lane, from);
      best = hn::Max(best, second);
      hn::StoreU(best, d, now + x);
      hn::StoreU(hn::IfThenElseZero(hn::And(equal, hn::Eq(from, hn::Zero(d))), adjacent), d, bonus_now + x);
      hn::StoreU(hn::DemoteTo(bytes, from), bytes, trace + x);
    }
    const auto edge = static_cast<int32_t>(diagonal) * kGap;
    if (diagonal <= m.others) now[0] = edge, bonus_now[0] = 0;
    if (diagonal <= m.lanes) now[diagonal] = edge, bonus_now[diagonal] = 0;
    std::swap(now, before);
    std::swap(before, last);
    std::swap(bonus_now, bonus_before);
    std::swap(bonus_before, bonus_last);
  }
}

void ChainWordsVariant(const internal::ChainMatrix& matrix, bool lanes_are_original) {
  if (lanes_are_original) {
    FillMatrix<true>(matrix);
  } else {
    FillMatrix<false>(matrix);
  }
}

}  // namespace unspin::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace unspin {

HWY_EXPORT(ChainWordsVariant);

void ChainWords(const ChainSide& original, std::span<const int32_t> worth, const ChainSide& suspect,
                ChainScratch& scratch, std::vector<ChainMatch>& matches) {
  ChooseKernels();
  const size_t n = original.keys.size(), m = suspect.keys.size();
  if (n == 0 || m == 0) return;
  const bool lanes_are_original = n <= m;
  const ChainSide &lane = lanes_are_original ? original : suspect, &other = lanes_are_original ? suspect : original;
  internal::ChainMatrix matrix;
  matrix.lanes = lane.keys.size();
  matrix.others = other.keys.size();
  matrix.stride = matrix.lanes + 1 + internal::kPadding;
  const size_t other_stride = matrix.others + internal::kPadding;
  scratch.numbers.resize(2 * (matrix.stride + other_stride) + std::max(matrix.stride, other_stride));
  scratch.scores.resize(6 * matrix.stride);
  if (const size_t cells = (n + m + 1) * matrix.stride; scratch.trace.size() < cells) scratch.trace.resize(cells);
  uint32_t* at = scratch.numbers.data();
  const auto lay = [&](std::span<const uint32_t> words, size_t stride, bool reversed) -> const uint32_t* {
    uint32_t* const begin = at;
    if (reversed) {
      std::reverse_copy(words.begin(), words.end(), begin);
    } else {
      std::copy(words.begin(), words.end(), begin);
    }
    at += stride;
    return begin;
  };
  matrix.lane_keys = lay(lane.keys, matrix.stride, false);
  matrix.lane_spellings = lay(lane.spellings, matrix.stride, false);
  matrix.other_keys = lay(other.keys, other_stride, true);
  matrix.other_spellings = lay(other.spellings, other_stride, true);
  auto* const worth_laid = reinterpret_cast<int32_t*>(at);
  if (lanes_are_original) {
    std::copy(worth.begin(), worth.end(), worth_laid);
  } else {
    std::reverse_copy(worth.begin(), worth.end(), worth_laid);
  }
  matrix.worth = worth_laid;
  matrix.scores = scratch.scores.data();
  matrix.bonuses = matrix.scores + 3 * matrix.stride;
  matrix.trace = scratch.trace.data();
  HWY_DYNAMIC_DISPATCH(ChainWordsVariant)(matrix, lanes_are_original);
  const size_t first = matches.size();
  for (size_t i = n, j = m; i > 0 && j > 0;) {
    switch (matrix.trace[(i + j) * matrix.stride + (lanes_are_original ? i : j)]) {
      case internal::kDiagonal:
        --i, --j;
        if (original.keys[i] == suspect.keys[j])
          matches.push_back({static_cast<uint32_t>(i), static_cast<uint32_t>(j)});
        break;
      case internal::kOfOriginal:
        --i;
        break;
      default:
        --j;
    }
  }
  std::reverse(matches.begin() + static_cast<std::ptrdiff_t>(first), matches.end());
}

}  // namespace unspin
#endif
