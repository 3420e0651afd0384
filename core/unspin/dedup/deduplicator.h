// A corpus of articles → clusters of near-duplicates, every one verified against its cluster's representative.
//
// Articles of one bucket of a MinHash band (Broder 1997; Indyk and Motwani 1998), or, for containment, articles that
// share sampled shingles (FracMinHash), are candidates; the exact similarity of their sets of shingles decides. The
// preferred article of a neighbourhood represents it and takes those that resemble *it*: no chains. What grows with the
// corpus lies in spools on disk; some 80 bytes of each article are in memory. stages.h does the same in many processes.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "unspin/dedup/options.h"
#include "unspin/dedup/shingle_set.h"
#include "unspin/dedup/stars.h"

namespace unspin {

class Deduplicator {
 public:
  static absl::StatusOr<std::unique_ptr<Deduplicator>> Open(const DedupOptions& options);
  ~Deduplicator();

  // In the order of the input. `published` is compared as a number made of its digits: ISO 8601 or nothing.
  void Add(std::string_view id, std::string_view published, uint64_t text_bytes, const ShingleSet& set);

  // Once, after the last Add. `progress` hears of shares of the work done, from one thread at a time.
  absl::StatusOr<DedupSummary> Cluster(const std::function<void(double)>& progress);

  // REQUIRES, from here on: Cluster succeeded.
  uint64_t size() const;
  Place PlaceOf(uint64_t article) const;
  // Reads ids from disk; one for each reader, which the deduplicator outlives. Those that are asked for in order come
  // many at a time.
  class IdReader {
   public:
    explicit IdReader(const Deduplicator& of) : of_(of) {}
    absl::StatusOr<std::string> IdOf(uint64_t article);

   private:
    absl::StatusOr<std::string> Read(uint64_t begin, uint64_t end) const;  // articles
    const Deduplicator& of_;
    uint64_t begin_ = 0, end_ = 0;  // articles whose ids are held
    std::string held_;
  };
  // Of articles that differ; ascending.
  std::span<const SimilarPair> edges() const;

 private:
  struct State;
  explicit Deduplicator(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace unspin
