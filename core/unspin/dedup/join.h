// The keys of one column → the pairs of articles worth comparing.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "unspin/dedup/key_columns.h"
#include "unspin/dedup/pair_spools.h"

namespace unspin {

struct JoinCounts {
  uint64_t hot_buckets = 0, hot_articles = 0;  // see DedupSummary
};

// Makes all pairs of each bucket that have an article of the corpus: articles numbered from `own` on are an archive's.
// A column may be joined in several calls, each with whole buckets: together they make the pairs of the column. Safe to
// share between threads, each with a buffer of its own.
class Joiner {
 public:
  using KeyOf = std::function<absl::StatusOr<uint64_t>(uint32_t article, uint32_t band)>;

  // `rank` and `exact_of` must outlive it.
  Joiner(const ColumnScheme& scheme, uint32_t own, std::span<const uint32_t> rank, std::span<const uint32_t> exact_of,
         KeyOf key_of)
      : scheme_(scheme), own_(own), rank_(rank), exact_of_(exact_of), key_of_(std::move(key_of)) {}

  // Leaves out articles that an equal article represents. REQUIRES: every article has elements.
  absl::StatusOr<JoinCounts> Join(std::vector<ArticleKey> keys, uint32_t column, PairSpools::Buffer& pairs) const;

 private:
  // `split`: how often the bucket that the keys come from was split.
  absl::Status AddBuckets(std::vector<ArticleKey> keys, uint32_t column, uint32_t split, JoinCounts& counts,
                          PairSpools::Buffer& pairs) const;
  absl::Status AddLargeBucket(std::vector<uint32_t> bucket, uint32_t band, uint32_t split, JoinCounts& counts,
                              PairSpools::Buffer& pairs) const;

  const ColumnScheme scheme_;
  const uint32_t own_;
  const std::span<const uint32_t> rank_, exact_of_;
  const KeyOf key_of_;
};

}  // namespace unspin
