#include "unspin/index/score_window.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace unspin {

void ScoreWindow::Reset() {
  scores_.resize(kArticles, 0);
  lists_.clear();
  postings_size_ = 0;
}

void ScoreWindow::AddList(size_t max_postings, float weight,
                          const std::function<size_t(std::span<uint32_t> room)>& decode) {
  if (postings_.size() < postings_size_ + max_postings) postings_.resize(postings_size_ + max_postings);
  const size_t size = decode(std::span(postings_).subspan(postings_size_, max_postings));
  assert(size <= max_postings);
  lists_.push_back({postings_size_, postings_size_, postings_size_ + size, weight});
  postings_size_ += size;
}

void ScoreWindow::Accumulate(uint64_t begin) {
  assert(begin % kArticles == 0);
  begin_ = begin;
  window_postings_ = 0;
  const uint64_t end = begin + kArticles;
  float* const scores = scores_.data();
  for (List& list : lists_) {
    const uint32_t* const last = postings_.data() + list.end;
    const uint32_t* posting = postings_.data() + list.next;
    const float weight = list.weight;
    for (; posting != last && *posting < end; ++posting) scores[*posting - begin] += weight;
    list.begin = list.next;
    list.next = static_cast<size_t>(posting - postings_.data());
    window_postings_ += list.next - list.begin;
  }
}

float ScoreWindow::Pop(uint32_t article) {
  assert(article >= begin_ && article - begin_ < kArticles);
  return std::exchange(scores_[article - begin_], 0.0f);
}

std::span<const ScoredOffset> ScoreWindow::PopAbove(std::span<const NormCode> codes,
                                                    std::span<const float, kNormCodes> thresholds, size_t& block) {
  assert(block < codes.size() && codes.size() <= kArticles / kScoreBlock);
  // One more than there can be: PopAboveByPosting writes each candidate before it knows whether it stays.
  if (popped_.size() <= postings_size_) popped_.resize(postings_size_ + 1);
  // With fewer postings than blocks, visiting postings touches fewer cache lines than scanning all blocks.
  if (window_postings_ < codes.size()) {
    block = codes.size();
    return std::span(popped_).first(PopAboveByPosting(codes, thresholds));
  }
  constexpr size_t kBlocksPerCall = 256;  // so that the caller can raise its thresholds in between
  const size_t first = block;
  block = std::min(first + kBlocksPerCall, codes.size());
  const auto scores = std::span(scores_).subspan(first * kScoreBlock, (block - first) * kScoreBlock);
  const size_t count = CollectAboveThreshold(scores, codes.subspan(first, block - first), thresholds, popped_);
  for (ScoredOffset& scored : std::span(popped_).first(count)) {
    scored.offset += static_cast<uint32_t>(first * kScoreBlock);
  }
  return std::span(popped_).first(count);
}

size_t ScoreWindow::PopAboveByPosting(std::span<const NormCode> codes, std::span<const float, kNormCodes> thresholds) {
  float* const scores = scores_.data();
  ScoredOffset* const popped = popped_.data();
  const uint64_t begin = begin_;
  size_t count = 0;
  for (const List& list : lists_) {
    const uint32_t* const last = postings_.data() + list.next;
    for (const uint32_t* posting = postings_.data() + list.begin; posting != last; ++posting) {
      const auto offset = static_cast<uint32_t>(*posting - begin);
      const float score = scores[offset];
      scores[offset] = 0;
      popped[count] = {offset, score};
      // No branch: which scores reach their threshold is unpredictable.
      count += static_cast<size_t>(score >= thresholds[codes[offset / kScoreBlock]]);
    }
  }
  return count;
}

}  // namespace unspin
