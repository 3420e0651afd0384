// Sketches and anchors → candidates: banded LSH finds near-copies, anchor postings find rewrites and excerpts.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "unspin/anchor/anchor.h"
#include "unspin/base/huge_pages.h"
#include "unspin/base/task_queue.h"
#include "unspin/index/score_window.h"
#include "unspin/kernels/collect_above_threshold.h"
#include "unspin/sketch/sketch.h"

namespace unspin {

// An article of the segment that is worth aligning. Ordered by score, descending, then by article.
struct Candidate {
  uint32_t article = 0;  // position in the segment
  float score = 0;       // share of the suspect's anchor weight found in it, over LengthNorm, plus the similarity
};

struct CandidateOptions {
  uint32_t limit = 50;
  uint32_t bands = 64;              // of two components each
  double posting_cap_share = 0.02;  // anchors in more articles than max(posting_cap, share) are not looked up
  uint32_t posting_cap = 1000;
  uint32_t run_cap = 16;       // a run of words in more articles is boilerplate
  uint32_t bucket_cap = 16;    // and so is what lets more articles meet in one band
  uint64_t postings = 75'000;  // looked up in all, those of the rarest anchors first: bounds the cost in any archive

  // Whether an anchor of that many articles, of so many in all, is looked up.
  bool LooksUp(uint64_t frequency, uint64_t articles) const {
    return frequency > 0 && (frequency <= posting_cap ||
                             static_cast<double>(frequency) <= posting_cap_share * static_cast<double>(articles));
  }
};

// Sixty-four bands of two components meet with probability 1 - (1 - J²)^64: 0.93 at a Jaccard similarity J of 0.2,
// 0.15 at 0.05. Bands of two are cheap here because the scores decide, not the meeting.
inline constexpr uint32_t kBands = kSketchSize / 2;

// What an index begins with.
struct IndexHeader {
  uint32_t articles = 0;
  uint32_t sketched = 0;  // articles whose sketch is not empty: each stands once in every band
  uint64_t anchors = 0, list_bytes = 0;

  std::string Bytes() const;
};

// Collects one segment. Build() may be called once: its tasks, if there are any, are parts of its work.
class IndexBuilder {
 public:
  explicit IndexBuilder(TaskQueue* tasks = nullptr) : tasks_(tasks) {}

  void Add(const Sketch& sketch, const Anchors& anchors);
  size_t size() const { return sketches_.size(); }
  // The index as bytes in pieces that live as long as the builder, to be stored in one section. Equal input, equal
  // bytes.
  std::vector<std::string_view> Build();
  // How many anchors each article has, four bytes each, to be stored in another.
  std::string_view AnchorCounts() const;

 private:
  std::vector<Sketch> sketches_;
  // One of an anchor's articles, in twelve bytes.
  struct Posting {
    uint32_t high = 0, low = 0;  // halves of the anchor's hash
    uint32_t article = 0;
    friend auto operator<=>(const Posting&, const Posting&) = default;
  };
  static constexpr size_t kParts = 256;
  static constexpr size_t kPiece = 4096;  // postings: growing moves none and leaves no holes
  using Pieces = std::vector<std::vector<Posting>>;
  // What a range of hashes becomes.
  struct Slice {
    std::vector<uint64_t> hashes, begins;
    std::string lists;
  };
  void BuildSlice(size_t first_part, size_t end_part, Slice& slice);
  void BuildBands(uint32_t first_band);

  TaskQueue* tasks_;
  std::vector<Pieces> postings_ = std::vector<Pieces>(kParts);  // by the hash's first byte
  std::vector<uint32_t> anchor_counts_;                         // by article
  // What Build makes.
  std::string head_;
  std::vector<uint32_t> band_keys_, band_articles_;
  std::vector<Slice> slices_;
};

// Looks into the bytes that IndexBuilder made; they must outlive it. Safe to share between threads.
class IndexReader {
 public:
  // Checks every bound of the layout; a view that opened never reads outside of `bytes`. Without `anchor_counts`, which
  // early archives lack, the first question reads all postings to count them.
  static absl::StatusOr<IndexReader> Open(std::string_view bytes, std::optional<std::string_view> anchor_counts = {});

  // Best candidates for one suspect. `scratch` is reused between calls, one per thread.
  struct Scratch {
    ScoreWindow scores;
    std::vector<uint32_t> met;           // articles that share a band with the suspect, ascending
    std::vector<ScoredOffset> awaiting;  // articles whose factors memory was asked for
    std::vector<Candidate> candidates;
  };
  std::vector<Candidate> FindCandidates(const Sketch& sketch, const Anchors& anchors, const CandidateOptions& options,
                                        Scratch& scratch) const;

  // The two halves of FindCandidates, for callers who hold several segments and decide over all of them which anchors
  // are too frequent to look up. Postings are valid for the view that gave them.
  struct Postings {
    uint64_t begin = 0, end = 0;  // bytes of the lists
    uint32_t articles = 0;        // how many hold the anchor
  };
  struct WeighedPostings {
    Postings postings;
    float weight = 0;
  };
  Postings FindPostings(uint64_t anchor) const;
  // Of many anchors at once, into postings[0], postings[stride], …: memory answers them side by side.
  void FindPostings(std::span<const Anchor> anchors, Postings* postings, size_t stride) const;
  // Articles that meet in a band, as rows of it; more than cap + 1 are not counted.
  struct Bucket {
    uint32_t begin = 0, size = 0;
  };
  // Of each of the first bands, into buckets[band]; empty ones for an empty sketch.
  void FindBuckets(const Sketch& sketch, uint32_t bands, uint32_t cap, Bucket* buckets) const;
  // `buckets` of each band that counts, empty where it does not;
  // `total_weight` of all anchors of the suspect; `dropped` articles and those that score below `least` are never
  // candidates. Ascending anchors give the same scores to the bit, however the articles are spread over segments.
  std::vector<Candidate> ScoreArticles(const Sketch& sketch, std::span<const WeighedPostings> postings,
                                       std::span<const Bucket> buckets, double total_weight,
                                       std::span<const uint32_t> dropped, float least, const CandidateOptions& options,
                                       Scratch& scratch) const;

  size_t size() const { return articles_; }  // articles

  // Long articles hold many anchors by chance. 1 for an article of a hundred anchors; between no normalisation and that
  // of a cosine, as in BM25 (Robertson and Walker, SIGIR 1994), and fitted on rewritten news.
  static float LengthNorm(uint32_t anchors);

 private:
  IndexReader() = default;
  double SimilarityTo(const Sketch& sketch, uint32_t article) const;
  void FindMet(std::span<const Bucket> buckets, Scratch& scratch) const;
  void DecodePostings(std::span<const WeighedPostings> postings, ScoreWindow& scores) const;
  template <typename Visit>
  void VisitList(uint64_t begin, uint64_t end, const Visit& visit) const;
  Postings PostingsAt(size_t place) const;
  void Derive() const;
  std::vector<uint32_t> AnchorCounts() const;  // by article
  std::vector<uint32_t> CountAnchors() const;
  friend class IndexMerger;
  Sketch SketchOf(uint32_t article) const;
  uint32_t BandKeyAt(uint32_t band, size_t row) const;
  uint32_t BandArticleAt(uint32_t band, size_t row) const;
  uint64_t AnchorAt(size_t place) const;
  void AppendArticles(size_t place, std::vector<uint32_t>& articles) const;  // of the anchor at that place

  uint32_t articles_ = 0;
  uint32_t sketched_ = 0;
  uint64_t anchors_ = 0;
  std::string_view sketches_;       // articles_ × kSketchSize × uint32
  std::string_view band_keys_;      // kBands × sketched_ × uint32, ascending inside a band
  std::string_view band_articles_;  // kBands × sketched_ × uint32
  std::string_view anchor_hashes_;  // anchors_ × uint64, ascending
  std::string_view list_begins_;    // (anchors_ + 1) × uint64
  // Made for the first question: who only adds to an archive asks none.
  struct Derived {
    std::once_flag made;
    // By article, 1 / LengthNorm.
    std::vector<float, HugePageAllocator<float>> length_norms;
    std::vector<uint8_t> factor_codes;  // by block of articles, of the largest
  };
  std::shared_ptr<Derived> derived_;
  const Derived& derived() const;
  std::optional<std::string_view> anchor_counts_;
  std::string_view lists_;  // per anchor: varint count, then varint steps from article to article
};

}  // namespace unspin
