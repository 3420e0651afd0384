// Posting lists → scores of articles, one window of neighbouring articles at a time.
//
// The scores of a window stay in the second-level cache, however many articles a segment has (as the sliding window of
// a buffered union, also called horizon). Decision 31 has the measurements.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "unspin/index/length_norm.h"
#include "unspin/kernels/collect_above_threshold.h"

namespace unspin {

// Use: Reset, AddList for each list, and then for each window in ascending order Accumulate, Pop for some articles, and
// PopAbove until all blocks are done. Every score of a window must be popped or below its threshold by then: PopAbove
// leaves zeros behind.
class ScoreWindow {
 public:
  static constexpr uint32_t kArticles = 1 << 16;  // in a window: 256 KiB of scores

  // Forgets all lists.
  void Reset();
  // Adds a list: `decode(room)` writes at most `max_postings` ascending articles to `room` and returns how many.
  void AddList(size_t max_postings, float weight, const std::function<size_t(std::span<uint32_t> room)>& decode);

  // Computes the scores of articles [begin, begin + kArticles). Weights are added in the order of the lists, so equal
  // weights give equal scores to the bit. REQUIRES: `begin` ascends and is a multiple of kArticles.
  void Accumulate(uint64_t begin);
  // The score of one article of the window; its score is zero afterwards.
  float Pop(uint32_t article);
  // Pops articles whose score is at least thresholds[codes[b]], where b is their block of kScoreBlock articles; offsets
  // are from the beginning of the window. Starts at block `block`, and advances it to where the next call starts:
  // codes.size() when all are done. The result is valid until the next call. REQUIRES: thresholds > 0; one code for
  // each block of the window.
  std::span<const ScoredOffset> PopAbove(std::span<const NormCode> codes, std::span<const float, kNormCodes> thresholds,
                                         size_t& block);

 private:
  // Positions in postings_: [begin, next) are in the window, [next, end) behind it.
  struct List {
    size_t begin = 0, next = 0, end = 0;
    float weight = 0;
  };

  size_t PopAboveByPosting(std::span<const NormCode> codes, std::span<const float, kNormCodes> thresholds);

  std::vector<uint32_t> postings_;  // of all lists, one list after the other
  size_t postings_size_ = 0;        // how many of them are filled
  std::vector<List> lists_;
  std::vector<float> scores_;  // by article of the window
  std::vector<ScoredOffset> popped_;
  uint64_t begin_ = 0;          // the first article of the window
  size_t window_postings_ = 0;  // postings in the window
};

}  // namespace unspin
