// Which articles of an archive are worth aligning with a suspect? Sketch and anchors → candidates, over all segments.
//
// Banded LSH finds near-copies, posting lists of anchors find rewrites and excerpts. Whether an anchor or a band is too
// frequent to be used is decided over all segments together, so candidates do not depend on how articles are spread
// over segments. docs/method.md, section 3, has the score; decisions 22 and 31 have the limits and their measurements.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "unspin/anchor/anchor.h"
#include "unspin/index/article_address.h"
#include "unspin/index/index_reader.h"
#include "unspin/index/score_articles.h"
#include "unspin/sketch/sketch.h"

namespace unspin {

struct CandidateOptions {
  uint32_t limit = 50;  // candidates at most
  uint32_t bands = kBands;
  // An anchor in more articles than max(posting_cap, posting_cap_share of all) is not looked up: it costs most and says
  // least.
  uint32_t posting_cap = 1000;
  double posting_cap_share = 0.02;
  uint32_t run_cap = 16;           // a run of words in more articles is boilerplate, and not looked up
  uint32_t bucket_cap = 16;        // a band in which more articles collide is boilerplate, and ignored
  uint64_t max_postings = 75'000;  // read in all, the rarest anchors first: bounds the cost in any archive

  // Whether an anchor that `frequency` of `articles` articles hold is rare enough.
  bool LooksUp(uint64_t frequency, uint64_t articles) const {
    return frequency > 0 && (frequency <= posting_cap ||
                             static_cast<double>(frequency) <= posting_cap_share * static_cast<double>(articles));
  }
};

struct Candidate {
  ArticleAddress address;
  float score = 0;  // ScoredArticle::score
};

struct SearchedSegment {
  const IndexReader* index = nullptr;
  std::span<const uint32_t> deleted;  // articles that are never candidates, ascending; frequencies still count them
};

// Safe to share between threads, each with its own scratch.
class CandidateSearch {
 public:
  CandidateSearch() = default;
  // The segments in the order of the archive. Indexes and spans outlive the search.
  explicit CandidateSearch(std::vector<SearchedSegment> segments);

  // Best first; equal scores in the order in which articles were added. REQUIRES: ascending anchors.
  std::vector<Candidate> Find(const Sketch& sketch, const Anchors& anchors, const CandidateOptions& options,
                              SearchScratch& scratch) const;

 private:
  std::vector<PostingList> FindLists(const Anchors& anchors) const;
  std::vector<bool> ChooseAnchors(const Anchors& anchors, std::span<const PostingList> lists,
                                  const CandidateOptions& options) const;
  std::vector<std::vector<WeightedList>> WeighLists(const Anchors& anchors, std::span<const PostingList> lists,
                                                    const std::vector<bool>& chosen, double total_weight) const;
  std::vector<Bucket> FindBuckets(const Sketch& sketch, const CandidateOptions& options) const;

  std::vector<SearchedSegment> segments_;
  uint64_t articles_ = 0;
};

}  // namespace unspin
