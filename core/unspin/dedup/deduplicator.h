// A corpus of articles → clusters of near-duplicates; every article is verified against its cluster's representative.
//
// Candidates are articles that share a bucket of a MinHash band (Broder 1997; Indyk and Motwani 1998) or, for
// containment, sampled shingles (FracMinHash). The exact similarity of their sets of shingles decides. Clusters are
// stars: the preferred article of a neighbourhood represents those that are similar to *it*, so that there are no
// chains. Temporary files on disk hold most of what grows with the corpus; about 80 bytes per article are in memory.
// stages.h does the same in many processes. Articles of an archive may be added as well, which then represent those of
// the corpus that are similar to them (docs/decisions/0049-dedup-against.md).
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

// Calls: Open, Add for each article, perhaps BeginArchived and AddArchived, Cluster once, then the rest. Not safe to
// share between threads until Cluster has succeeded; then reading is.
class Deduplicator {
 public:
  static absl::StatusOr<std::unique_ptr<Deduplicator>> Open(const DedupOptions& options);
  ~Deduplicator();

  // Articles are numbered from 0 in the order of these calls. `published`: a date in any form that ParseDate reads,
  // or empty.
  void Add(std::string_view id, std::string_view published, uint64_t text_bytes, const ShingleSet& set);

  // Articles that are there already, for the corpus to be compared with; AddArchive (engine/dedup_against.h) calls
  // these for an archive. They are no part of the result but as representatives. Articles that share no key with the
  // corpus can be similar to none of it and are not kept: they take neither memory nor disk.
  // BeginArchived, after the last Add: 2 bytes of memory for each key of the corpus, until Cluster.
  absl::Status BeginArchived();
  // As Add, after BeginArchived. Kept articles are numbered from size() on.
  void AddArchived(std::string_view id, std::string_view published, uint64_t text_bytes, const ShingleSet& set);
  // Whether AddArchived may keep an article with this sketch, so that callers who have the sketch need not make the
  // set. Safe to share between threads, also with AddArchived.
  // REQUIRES: BeginArchived succeeded; Measure::kJaccard; the sketch was made from shingles of options().shingle words
  // and is not empty.
  bool MayKeepArchived(const Sketch& sketch) const;

  const DedupOptions& options() const;

  // Runs on options.threads threads. `progress` receives the share of the work done, one call at a time.
  absl::StatusOr<DedupSummary> Cluster(const std::function<void(double)>& progress);

  uint64_t size() const;      // articles of the corpus
  uint64_t archived() const;  // kept articles of the archive

  // REQUIRES, from here on: Cluster succeeded. An article's representative is an archived one if its number is size()
  // or more. REQUIRES: article < size().
  Membership MembershipOf(uint64_t article) const;
  // The number of an article's cluster: that of its representative, or, if that is archived, of the first article that
  // it represents. REQUIRES: article < size().
  uint64_t ClusterOf(uint64_t article) const;
  // Pairs of similar articles whose sets differ; ascending. `b` may be archived, `a` is not.
  std::span<const SimilarPair> edges() const;
  // Reads ids from disk, many at once if they are asked for in order. One per thread; the deduplicator must outlive it.
  class IdReader {
   public:
    explicit IdReader(const Deduplicator& deduplicator) : deduplicator_(deduplicator) {}
    // REQUIRES: article < size() + archived().
    absl::StatusOr<std::string> IdOf(uint64_t article);

   private:
    absl::StatusOr<std::string> Read(uint64_t begin, uint64_t end) const;  // articles
    const Deduplicator& deduplicator_;
    uint64_t begin_ = 0, end_ = 0;  // the articles whose ids are in memory
    std::string ids_;
  };

 private:
  struct State;
  explicit Deduplicator(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace unspin
