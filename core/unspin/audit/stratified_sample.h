// A random sample of an audit's findings, drawn in one pass: as many as possible of each verdict and probability.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <queue>
#include <string>
#include <vector>

#include "unspin/report/report.h"

namespace unspin {

// Findings of one verdict whose probability is in one bin.
struct Stratum {
  Verdict verdict = Verdict::kCopy;
  uint32_t bin = 0;

  std::string Name() const;  // "excerpt 0.9-0.99"
  friend auto operator<=>(const Stratum&, const Stratum&) = default;
};

Stratum StratumOf(Verdict verdict, double probability);

// How many of each stratum are drawn: all strata the same number, but none more than it has; those that come first take
// what is left. `sizes`: of the strata. The sum is `total`, or that of the sizes.
std::vector<uint64_t> Allocate(const std::vector<uint64_t>& sizes, uint64_t total);

// Holds at most `size` findings. Each has a random rank, and each stratum keeps its lowest ranks. How many it keeps
// depends on the sizes of the strata and never grows once some were dropped, so that what it keeps is a simple random
// sample of the stratum. The same findings in the same order with the same seed give the same sample.
class StratifiedSample {
 public:
  struct Drawn {
    Stratum stratum;
    uint64_t stratum_findings = 0;  // in the whole run
    uint64_t stratum_drawn = 0;
    std::string content;
  };

  StratifiedSample(uint64_t size, uint64_t seed) : size_(size), seed_(seed) {}

  void Add(const Stratum& stratum, std::string content);
  // In the order of the ranks, so that a reader who stops early has read a random part. Leaves the sample empty.
  std::vector<Drawn> Take();

 private:
  struct Item {
    uint64_t rank;
    std::string content;
    bool operator<(const Item& other) const { return rank < other.rank; }
  };
  struct Content {
    uint64_t findings = 0;
    std::priority_queue<Item> kept;  // the highest rank on top
  };

  void Shrink();

  uint64_t size_, seed_, count_ = 0;
  std::map<Stratum, Content> strata_;
};

}  // namespace unspin
