// Posting lists → the scores of the articles of a range that may be among the best.
//
// Ranges stay in the cache, however many articles there are. An article that stands only in lists which together weigh
// too little need not be scored (MaxScore: Turtle and Flood 1995).
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "unspin/kernels/take_scores.h"

namespace unspin {

class RangeScores {
 public:
  static constexpr uint32_t kRange = 1 << 15;  // articles

  // Forgets the lists of before.
  void Start();
  // The next list: `decode(room)` writes at most `most` ascending articles there and returns how many.
  void Add(size_t most, float weight, const std::function<size_t(std::span<uint32_t> room)>& decode);

  // Scores the articles of the range that `begin` begins. Weights are added in the order of the lists, so that the same
  // weights give the same score to the bit. Of articles whose weights sum to less than `least` some have no score, but
  // those `wanted`, ascending and of this range, have theirs. Ranges in ascending order, each once.
  void Gather(uint64_t begin, float least, std::span<const uint32_t> wanted);

  // Of the range that was gathered; each leaves zeros behind, and all must be taken before the next one.
  float Take(uint32_t article);
  ScoreBlocks Blocks(const float* factors, const float* largest, size_t blocks);

 private:
  struct List {
    size_t next = 0, end = 0;  // among the postings: what is left of it
    float weight = 0;
    bool decides = true;  // an article must stand in one of these
  };
  void ChooseDeciding(float least);

  std::vector<uint32_t> postings_;  // one list behind the other
  size_t filled_ = 0;
  std::vector<List> lists_;
  std::vector<uint32_t> longest_first_;  // lists
  std::vector<float> scores_;            // by article of the range
  std::vector<uint8_t> touched_;         // by block of articles: 1 where one may have a score
  uint64_t begin_ = 0;
};

}  // namespace unspin
