// Which articles of a segment hold a run of five words, for one run in eight; and of which site and day the articles
// are. By these lists an archive knows its standing text.
//
// A run is sampled by its hash (FracMinHash: Irber and others 2022), so all articles and segments sample the same runs.
// Of the sampled runs, one in four is in the index of the segment already, as an anchor, and is not listed again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "unspin/base/doc_id_map.h"

namespace unspin {

// A run is the hash of a shingle of five words. FoldShingles samples those below kEndOfSampled: those below
// kEndOfIndexed are anchors of the index, the others are listed here. One run in eight: a standing text of 30 words has
// one with probability .97; with one in 16 with probability .81, with one in four the lists are twice as long.
inline constexpr uint64_t kEndOfIndexed = uint64_t{1} << 59;
inline constexpr uint64_t kEndOfSampled = uint64_t{1} << 61;

inline bool IsSampled(uint64_t run) { return run < kEndOfSampled; }
inline bool IsListed(uint64_t run) { return run - kEndOfIndexed < kEndOfSampled - kEndOfIndexed; }

// Those that are listed, in order.
std::vector<uint64_t> ListedRuns(std::span<const uint64_t> runs);

// Where and when an article appeared, as far as standing text depends on it.
struct ArticleOrigin {
  static constexpr uint32_t kUnknownSite = 0;
  static constexpr int32_t kUnknownDay = std::numeric_limits<int32_t>::min();

  uint32_t site = kUnknownSite;  // a hash
  int32_t day = kUnknownDay;     // since 1970-01-01

  // `site`: the name of the site, or where it is empty the host of `url`. `published`: in any form that
  // ParseDate reads; a date without a day is no day.
  static ArticleOrigin Of(std::string_view site, std::string_view url, std::string_view published);

  friend bool operator==(const ArticleOrigin&, const ArticleOrigin&) = default;
};

// Collects the articles of one segment. Call Add for each, then Build once.
class RunListsBuilder {
 public:
  // The next article. REQUIRES: listed runs; Build was not called.
  void Add(std::span<const uint64_t> runs, ArticleOrigin origin);
  // The bytes of the section in pieces, valid as long as the builder.
  std::vector<std::string_view> Build();

 private:
  std::vector<uint64_t> rows_;  // key of the run in the upper half, article in the lower
  std::vector<ArticleOrigin> origins_;
  std::string head_, tail_;
  std::vector<uint32_t> postings_;
};

// A view of the bytes that RunListsBuilder made; they must outlive it. Whatever they are, nothing outside of them is
// read. Safe to share between threads.
class RunLists {
 public:
  static absl::StatusOr<RunLists> Open(std::string_view bytes);

  uint32_t size() const { return articles_; }
  // REQUIRES: article < size().
  ArticleOrigin OriginOf(uint32_t article) const;

  // Calls visit(article), ascending, for each article that holds the run, until it returns false. False if it did.
  // Of two runs whose lower halves are equal, which happens once in 2^32, both hold the articles. REQUIRES: a listed
  // run.
  bool VisitHolders(uint64_t run, const std::function<bool(uint32_t article)>& visit) const;

 private:
  friend void MergeRunLists(std::span<const RunLists* const> parts, const DocIdMap& numbers,
                            const std::function<void(std::string_view)>& sink);

  RunLists() = default;
  // Postings [BeginOf(bucket), BeginOf(bucket + 1)) belong to the bucket; never beyond the last posting.
  size_t BeginOf(size_t bucket) const;
  uint32_t PostingAt(size_t position) const;
  // The first posting in [begin, end) of a run whose key has these lower bits, or of a later run.
  size_t FindRun(size_t begin, size_t end, uint64_t rest) const;

  uint32_t articles_ = 0;
  unsigned article_bits_ = 0;  // of a posting; there are 2^article_bits_ buckets
  size_t postings_ = 0;
  std::string_view origin_bytes_, posting_bytes_, begin_bytes_;
};

// Writes the bytes that RunListsBuilder would make of the remaining articles. One element for each part of `numbers`.
void MergeRunLists(std::span<const RunLists* const> parts, const DocIdMap& numbers,
                   const std::function<void(std::string_view)>& sink);

}  // namespace unspin
