// A candidate pair → its exact similarity, where that is enough.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "absl/status/status.h"
#include "unspin/dedup/options.h"
#include "unspin/dedup/pair_spools.h"
#include "unspin/dedup/sets.h"

namespace unspin {

// Two articles, by their places in the input, a < b, and their similarity.
struct SimilarPair {
  uint32_t a = 0, b = 0;
  float similarity = 0;
  friend bool operator<(const SimilarPair& x, const SimilarPair& y) { return x.a != y.a ? x.a < y.a : x.b < y.b; }
};

// For one thread. Fastest where pairs come in ascending order.
class Verifier {
 public:
  // `sets` must outlive it.
  Verifier(const DedupOptions& options, const Sets& sets)
      : measure_(options.measure), threshold_(options.threshold), sets_(sets) {}

  absl::Status Add(const CandidatePair& pair);

  uint64_t compared() const { return compared_; }
  const std::vector<SimilarPair>& similar() const { return similar_; }

 private:
  bool RuledOut(const CandidatePair& pair) const;

  const Measure measure_;
  const double threshold_;
  const Sets& sets_;
  std::vector<uint32_t> left_room_, right_room_;
  std::optional<uint32_t> left_article_;
  std::span<const uint32_t> left_;
  uint64_t compared_ = 0;
  std::vector<SimilarPair> similar_;
};

}  // namespace unspin
