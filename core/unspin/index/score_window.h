// Posting lists → the scores of the articles of a range that may be among the best.
//
// Ranges stay in the cache, however many articles there are.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "unspin/kernels/collect_above_threshold.h"

namespace unspin {

class ScoreWindow {
 public:
  static constexpr uint32_t kRange = 1 << 16;  // articles

  // Forgets the lists of before.
  void Start();
  // The next list: `decode(room)` writes at most `most` ascending articles there and returns how many.
  void Add(size_t most, float weight, const std::function<size_t(std::span<uint32_t> room)>& decode);

  // Scores the articles of the range that `begin` begins. Weights are added in the order of the lists, so that the same
  // weights give the same score to the bit. Ranges in ascending order, each once.
  void Gather(uint64_t begin);
  // Of the range that was gathered; leaves zero behind.
  float Take(uint32_t article);
  // Others that have a score, but those below what `least`, which is above zero, says for the code of their block: from
  // `block` on, which is moved to where to go on. `codes` of the range's blocks. Places are counted from where the
  // range begins.
  std::span<const ScoredOffset> TakeRest(std::span<const uint8_t> codes, std::span<const float, 256> least,
                                         size_t& block);

 private:
  struct List {
    size_t begin = 0, next = 0, end = 0;  // among the postings: of this range, and what is left behind it
    float weight = 0;
  };

  size_t TakeByPosting(std::span<const uint8_t> codes, std::span<const float, 256> least);

  std::vector<uint32_t> postings_;  // one list behind the other
  size_t filled_ = 0;
  std::vector<List> lists_;
  std::vector<float> scores_;  // by article of the range
  std::vector<ScoredOffset> rest_;
  uint64_t begin_ = 0;
  size_t gathered_ = 0;  // postings of the range
};

}  // namespace unspin
