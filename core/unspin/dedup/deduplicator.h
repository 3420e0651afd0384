// A corpus of articles → clusters of near-duplicates, every one verified against its cluster's representative.
//
// Articles of one bucket of a MinHash band (Broder 1997; Indyk and Motwani 1998), or, for containment, articles that
// share sampled shingles (FracMinHash), are candidates; the exact similarity of their sets of shingles decides. The
// preferred article of a neighbourhood represents it and takes those that resemble *it*: no chains. What grows with the
// corpus lies in spools on disk; some 80 bytes of each article are in memory.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "unspin/sketch/sketch.h"

namespace unspin {

enum class Measure {
  kJaccard,      // shared shingles, of all shingles of both
  kContainment,  // shared shingles, of those of the smaller article
};

enum class Prefer { kLongest, kEarliest, kFirst };

struct DedupOptions {
  Measure measure = Measure::kJaccard;
  double threshold = 0.8;  // least similarity to the representative, above 0 and at most 1
  uint32_t shingle = 5;    // words
  Prefer prefer = Prefer::kLongest;
  std::string scratch = ".";  // folder for what does not fit into memory
  unsigned threads = 1;
};

// What Deduplicator::Add needs of an article; made on any thread.
struct ShingleSet {
  std::vector<uint32_t> elements;  // distinct, ascending
  Sketch sketch;
  uint64_t hash = 0;  // of the elements; where there are none, of the words
};
ShingleSet MakeShingleSet(std::span<const uint64_t> words, uint32_t shingle);

struct DedupSummary {
  uint64_t articles = 0, clusters = 0;         // clusters of one article included
  uint64_t duplicates = 0;                     // articles that another one represents
  uint64_t exact = 0;                          // of which as sets equal to an earlier article
  uint64_t candidates = 0, edges = 0;          // pairs compared, and pairs similar enough
  uint64_t hot_buckets = 0, hot_articles = 0;  // split by further bands, not compared all with all
};

class Deduplicator {
 public:
  static absl::StatusOr<std::unique_ptr<Deduplicator>> Open(const DedupOptions& options);
  ~Deduplicator();

  // In the order of the input. `published` is compared as a number made of its digits: ISO 8601 or nothing.
  void Add(std::string_view id, std::string_view published, uint64_t text_bytes, const ShingleSet& set);

  // Once, after the last Add. `progress` hears of shares of the work done, from one thread at a time.
  absl::StatusOr<DedupSummary> Cluster(const std::function<void(double)>& progress);

  struct Place {
    uint64_t representative = 0;  // its place in the input, from 0
    float similarity = 1;         // to it
  };
  // REQUIRES: Cluster succeeded.
  uint64_t size() const;
  Place PlaceOf(uint64_t article) const;
  absl::StatusOr<std::string> IdOf(uint64_t article) const;

  struct Edge {
    uint32_t a = 0, b = 0;  // places in the input
    float similarity = 0;
  };
  // Of articles that differ; ascending.
  std::span<const Edge> edges() const;

 private:
  struct State;
  explicit Deduplicator(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace unspin
