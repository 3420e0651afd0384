// Posting lists and band collisions of a suspect in one segment → the articles with the best scores.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "unspin/index/index_reader.h"
#include "unspin/index/lsh_bands.h"
#include "unspin/index/posting_lists.h"
#include "unspin/index/score_window.h"
#include "unspin/sketch/sketch.h"

namespace unspin {

struct ScoredArticle {
  uint32_t article = 0;  // position in the segment
  // Weight of the suspect's anchors found in the article, as a share of all its weight, over LengthNorm; plus the
  // estimated similarity of the sketches where a band collides.
  float score = 0;
};

// By descending score, then by article.
inline bool IsBetter(const ScoredArticle& a, const ScoredArticle& b) {
  return a.score != b.score ? a.score > b.score : a.article < b.article;
}

// What is asked of one segment. The spans outlive the call that uses them.
struct SegmentQuery {
  const Sketch& sketch;
  std::span<const WeightedList> lists;  // by ascending anchor: floating-point sums depend on the order
  std::span<const Bucket> buckets;      // of the first bands; an empty bucket is ignored
  double total_weight = 0;              // of all anchors of the suspect, found or not
  std::span<const uint32_t> deleted;    // articles that are never returned, ascending
  float min_score = 0;                  // nor are articles below it
  uint32_t limit = 0;                   // articles returned at most
};

// Memory worth reusing: one for each thread.
struct SearchScratch {
  ScoreWindow window;
  std::vector<uint32_t> collisions;
  std::vector<ScoredOffset> prefetched;  // articles (not offsets) whose norms are on their way to the cache
  std::vector<ScoredArticle> best;
};

// The best articles, best first; valid until `scratch` is used again. The same query gives the same scores to the bit,
// however articles are spread over segments.
std::span<const ScoredArticle> ScoreArticles(const IndexReader& index, const SegmentQuery& query,
                                             SearchScratch& scratch);

}  // namespace unspin
