// A candidate pair → its exact similarity, if that reaches the threshold.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "absl/status/status.h"
#include "unspin/dedup/options.h"
#include "unspin/dedup/pair_spools.h"
#include "unspin/dedup/shingle_sets.h"

namespace unspin {

// Two article numbers, a < b. Files of edges hold this struct as it is in memory.
struct SimilarPair {
  uint32_t a = 0, b = 0;
  float similarity = 0;
  friend bool operator<(const SimilarPair& x, const SimilarPair& y) { return x.a != y.a ? x.a < y.a : x.b < y.b; }
};
static_assert(sizeof(SimilarPair) == 12);

// Whether the similarity of a verified pair reaches a threshold, perhaps a higher one. Exact for sets of up to some
// million elements, although a pair holds a rounded similarity: it tells the number of common elements.
bool ReachesThreshold(const SimilarPair& pair, const ShingleSets& sets, Measure measure, double threshold);

// For one thread. Fastest if pairs come in ascending order, because the set of `a` is then read once.
class Verifier {
 public:
  // `sets` must outlive it.
  Verifier(const DedupOptions& options, const ShingleSets& sets)
      : measure_(options.measure), threshold_(options.threshold), sets_(sets) {}

  absl::Status Add(const CandidatePair& pair);

  uint64_t compared() const { return compared_; }  // pairs whose sets were compared
  const std::vector<SimilarPair>& similar() const { return similar_; }

 private:
  bool CannotReachThreshold(const CandidatePair& pair) const;

  const Measure measure_;
  const double threshold_;
  const ShingleSets& sets_;
  std::vector<uint32_t> a_buffer_, b_buffer_;
  std::optional<uint32_t> a_;  // the article whose elements are held
  std::span<const uint32_t> a_elements_;
  uint64_t compared_ = 0;
  std::vector<SimilarPair> similar_;
};

}  // namespace unspin
