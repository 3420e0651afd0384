#include "unspin/index/score_window.h"

#include <algorithm>
#include <utility>

namespace unspin {

void ScoreWindow::Start() {
  scores_.resize(kRange, 0);
  lists_.clear();
  filled_ = 0;
}

void ScoreWindow::Add(size_t most, float weight, const std::function<size_t(std::span<uint32_t> room)>& decode) {
  if (postings_.size() < filled_ + most) postings_.resize(filled_ + most);
  const size_t size = decode(std::span(postings_).subspan(filled_, most));
  lists_.push_back({filled_, filled_, filled_ + size, weight});
  filled_ += size;
}

void ScoreWindow::Gather(uint64_t begin) {
  begin_ = begin;
  gathered_ = 0;
  const uint64_t end = begin + kRange;
  float* const scores = scores_.data();
  for (List& list : lists_) {
    const uint32_t* const last = postings_.data() + list.end;
    const uint32_t* posting = postings_.data() + list.next;
    const float weight = list.weight;
    for (; posting != last && *posting < end; ++posting) scores[*posting - begin] += weight;
    list.begin = list.next;
    list.next = static_cast<size_t>(posting - postings_.data());
    gathered_ += list.next - list.begin;
  }
}

float ScoreWindow::Take(uint32_t article) { return std::exchange(scores_[article - begin_], 0.0f); }

std::span<const ScoredOffset> ScoreWindow::TakeRest(std::span<const uint8_t> codes, std::span<const float, 256> least,
                                                    size_t& block) {
  if (rest_.size() <= filled_) rest_.resize(filled_ + 1);
  // Where there are few, it is quicker to go through them than through all blocks.
  if (gathered_ < codes.size()) {
    block = codes.size();
    return std::span(rest_).first(TakeByPosting(codes, least));
  }
  constexpr size_t kAtOnce = 256;
  const size_t first = block;
  block = std::min(first + kAtOnce, codes.size());
  const size_t count = CollectAboveThreshold(scores_.data() + first * kScoreBlock, codes.subspan(first, block - first),
                                             least, rest_.data());
  for (ScoredOffset& one : std::span(rest_).first(count)) one.place += static_cast<uint32_t>(first * kScoreBlock);
  return std::span(rest_).first(count);
}

size_t ScoreWindow::TakeByPosting(std::span<const uint8_t> codes, std::span<const float, 256> least) {
  float* const scores = scores_.data();
  ScoredOffset* const rest = rest_.data();
  const uint64_t begin = begin_;
  size_t count = 0;
  for (const List& list : lists_) {
    const uint32_t* const last = postings_.data() + list.next;
    for (const uint32_t* posting = postings_.data() + list.begin; posting != last; ++posting) {
      const auto place = static_cast<uint32_t>(*posting - begin);
      const float score = scores[place];
      scores[place] = 0;
      rest[count] = {place, score};
      // No branch: which ones reach it cannot be foreseen.
      count += static_cast<size_t>(score >= least[codes[place / kScoreBlock]]);
    }
  }
  return count;
}

}  // namespace unspin
