#include "unspin/index/range_scores.h"

#include <algorithm>
#include <bit>
#include <numeric>
#include <utility>

namespace unspin {

void RangeScores::Start() {
  scores_.resize(kRange, 0);
  touched_.resize(kRange / kScoreBlock, 0);
  lists_.clear();
  longest_first_.clear();
  filled_ = 0;
}

void RangeScores::Add(size_t most, float weight, const std::function<size_t(std::span<uint32_t> room)>& decode) {
  if (postings_.size() < filled_ + most) postings_.resize(filled_ + most);
  const size_t size = decode(std::span(postings_).subspan(filled_, most));
  lists_.push_back({filled_, filled_ + size, weight});
  filled_ += size;
}

// All lists decide but the longest ones that weigh less than `least` together.
void RangeScores::ChooseDeciding(float least) {
  // Sums are rounded: an article at the limit is scored.
  constexpr float kRounding = 0.999f;
  if (longest_first_.size() != lists_.size()) {
    longest_first_.resize(lists_.size());
    std::iota(longest_first_.begin(), longest_first_.end(), 0);
    const auto size = [&](uint32_t list) { return lists_[list].end - lists_[list].next; };
    std::stable_sort(longest_first_.begin(), longest_first_.end(),
                     [&](uint32_t a, uint32_t b) { return size(a) > size(b); });
  }
  float together = 0;
  for (const uint32_t list : longest_first_) {
    const bool decides = together + lists_[list].weight >= least * kRounding;
    lists_[list].decides = decides;
    if (!decides) together += lists_[list].weight;
  }
}

void RangeScores::Gather(uint64_t begin, float least, std::span<const uint32_t> wanted) {
  begin_ = begin;
  const uint64_t end = begin + kRange;
  ChooseDeciding(least);
  // Kept in variables of this function: a byte may be part of anything, so what a member says would be read again after
  // each store of one.
  float* const scores = scores_.data();
  uint8_t* const touched = touched_.data();
  for (const uint32_t article : wanted) touched[(article - begin) / kScoreBlock] = 1;
  for (const List& list : lists_) {
    if (!list.decides) continue;
    const uint32_t* const last = postings_.data() + list.end;
    for (const uint32_t* posting = postings_.data() + list.next; posting != last && *posting < end; ++posting)
      touched[(*posting - begin) / kScoreBlock] = 1;
  }
  for (List& list : lists_) {
    const uint32_t* const last = postings_.data() + list.end;
    const uint32_t* posting = postings_.data() + list.next;
    const auto weight = std::bit_cast<uint32_t>(list.weight);
    for (; posting != last && *posting < end; ++posting) {
      const size_t place = *posting - begin;
      // Bits, since compilers make a choice a branch, which would be guessed wrong every other time.
      scores[place] += std::bit_cast<float>(weight & (0 - uint32_t{touched[place / kScoreBlock]}));
    }
    list.next = static_cast<size_t>(posting - postings_.data());
  }
}

float RangeScores::Take(uint32_t article) { return std::exchange(scores_[article - begin_], 0.0f); }

ScoreBlocks RangeScores::Blocks(const float* factors, const float* largest, size_t blocks) {
  return {scores_.data(), touched_.data(), factors, largest, blocks};
}

}  // namespace unspin
