#include "unspin/kernels/chain_words.h"

#include <algorithm>
#include <cassert>
#include <utility>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "unspin/kernels/chain_words.cc"
#include <hwy/foreach_target.h>  // IWYU pragma: keep
#include <hwy/highway.h>

#include "unspin/kernels/variant.h"

// Cell (x, y) holds the best score of x words of the shorter run and y words of the longer one. Anti-diagonal d has the
// cells with x + y = d; the vector of cells x to x + 3 of it is computed from the two anti-diagonals before:
//
//   before[x - 1 …]    both words, at (x - 1, y - 1): a match or a mismatch
//   last[x - 1 …]      a gap, at (x - 1, y)
//   last[x …]          a gap, at (x, y - 1)
//   now[x …]           the maximum of the three; `trace` notes which it was
//
// Words of the longer run are stored in reverse: along an anti-diagonal y descends while x ascends. Decision 20 has the
// measurements.

#ifndef UNSPIN_KERNELS_CHAIN_WORDS_ONCE
#define UNSPIN_KERNELS_CHAIN_WORDS_ONCE
namespace unspin::internal {

// Arrays are padded to whole vectors.
struct ChainMatrix {
  size_t lanes = 0,
         others = 0;  // words of the shorter run, whose words are the lanes of vectors, and of the longer one
  const uint32_t *lane_keys, *lane_spellings;    // in order
  const uint32_t *other_keys, *other_spellings;  // in reverse
  const int32_t* worth;                          // of the original's words, in the order of its keys
  int32_t *scores, *bonuses;                     // three anti-diagonals each, `stride` apart
  size_t stride;
  uint8_t* trace;  // one row for each anti-diagonal
  ChainScores worth_of_steps;
};

// The words that a step takes: one of each side, of the original, or of the suspect.
constexpr uint8_t kDiagonal = 0, kOfOriginal = 1, kOfSuspect = 2;

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
  const ChainScores& steps = m.worth_of_steps;
  const auto gap = hn::Set(d, steps.gap), mismatch = hn::Set(d, steps.mismatch),
             max_key_match = hn::Set(d, steps.max_key_match), adjacent = hn::Set(d, steps.adjacent);
  const auto of_lane = hn::Set(d, int32_t{kLanesAreOriginal ? internal::kOfOriginal : internal::kOfSuspect});
  const auto of_other = hn::Set(d, int32_t{kLanesAreOriginal ? internal::kOfSuspect : internal::kOfOriginal});
  int32_t *now = m.scores, *last = now + m.stride, *before = last + m.stride;
  int32_t *bonus_now = m.bonuses, *bonus_last = bonus_now + m.stride, *bonus_before = bonus_last + m.stride;
  last[0] = 0;
  bonus_last[0] = 0;
  for (size_t diagonal = 1; diagonal <= m.lanes + m.others; ++diagonal) {
    const size_t begin = std::max<size_t>(1, diagonal > m.others ? diagonal - m.others : 0);
    const size_t end = std::min(diagonal - 1, m.lanes) + 1;
    const size_t shift = m.others - diagonal;  // may wrap around; shift + x does not
    uint8_t* trace = m.trace + diagonal * m.stride;
    for (size_t x = begin; x < end; x += width) {
      const auto same_key = hn::Eq(hn::LoadU(du, m.lane_keys + x - 1), hn::LoadU(du, m.other_keys + (shift + x)));
      const auto same_spelling =
          hn::Eq(hn::LoadU(du, m.lane_spellings + x - 1), hn::LoadU(du, m.other_spellings + (shift + x)));
      const auto worth = hn::LoadU(d, kLanesAreOriginal ? m.worth + x - 1 : m.worth + (shift + x));
      const auto equal = hn::RebindMask(d, same_key);
      const auto match = hn::Add(hn::IfThenElse(hn::RebindMask(d, same_spelling), worth, hn::Min(worth, max_key_match)),
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
    const auto edge = static_cast<int32_t>(diagonal) * steps.gap;
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

namespace {

// Follows the steps back from the last cell, and appends the matches in order.
void TraceBack(const internal::ChainMatrix& matrix, bool lanes_are_original, const ChainSide& original,
               const ChainSide& suspect, std::vector<ChainMatch>& matches) {
  const size_t first = matches.size();
  for (size_t i = original.keys.size(), j = suspect.keys.size(); i > 0 && j > 0;) {
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

}  // namespace

void ChainWords(const ChainSide& original, std::span<const int32_t> worth, const ChainSide& suspect,
                const ChainScores& scores, ChainScratch& scratch, std::vector<ChainMatch>& matches) {
  assert(worth.size() == original.keys.size() && original.spellings.size() == original.keys.size() &&
         suspect.spellings.size() == suspect.keys.size());
  ChooseKernels();
  const size_t n = original.keys.size(), m = suspect.keys.size();
  if (n == 0 || m == 0) return;
  const bool lanes_are_original = n <= m;
  const ChainSide &lane = lanes_are_original ? original : suspect, &other = lanes_are_original ? suspect : original;
  internal::ChainMatrix matrix;
  matrix.worth_of_steps = scores;
  matrix.lanes = lane.keys.size();
  matrix.others = other.keys.size();
  matrix.stride = matrix.lanes + 1 + internal::kPadding;
  const size_t other_stride = matrix.others + internal::kPadding;
  scratch.numbers.resize(2 * (matrix.stride + other_stride) + std::max(matrix.stride, other_stride));
  scratch.scores.resize(6 * matrix.stride);
  if (const size_t cells = (n + m + 1) * matrix.stride; scratch.trace.size() < cells) scratch.trace.resize(cells);
  uint32_t* at = scratch.numbers.data();
  const auto copy = [&](std::span<const uint32_t> words, size_t stride, bool reversed) -> const uint32_t* {
    uint32_t* const begin = at;
    if (reversed) {
      std::reverse_copy(words.begin(), words.end(), begin);
    } else {
      std::copy(words.begin(), words.end(), begin);
    }
    at += stride;
    return begin;
  };
  matrix.lane_keys = copy(lane.keys, matrix.stride, false);
  matrix.lane_spellings = copy(lane.spellings, matrix.stride, false);
  matrix.other_keys = copy(other.keys, other_stride, true);
  matrix.other_spellings = copy(other.spellings, other_stride, true);
  auto* const worth_copy = reinterpret_cast<int32_t*>(at);
  if (lanes_are_original) {
    std::copy(worth.begin(), worth.end(), worth_copy);
  } else {
    std::reverse_copy(worth.begin(), worth.end(), worth_copy);
  }
  matrix.worth = worth_copy;
  matrix.scores = scratch.scores.data();
  matrix.bonuses = matrix.scores + 3 * matrix.stride;
  matrix.trace = scratch.trace.data();
  HWY_DYNAMIC_DISPATCH(ChainWordsVariant)(matrix, lanes_are_original);
  TraceBack(matrix, lanes_are_original, original, suspect, matches);
}

}  // namespace unspin
#endif
