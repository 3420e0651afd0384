// The reports of an audit → how many suspects have which probability, and how many a threshold would show.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "unspin/audit/audit_counts.h"
#include "unspin/report/report.h"

namespace unspin::server {

// A suspect is counted by its summary. Suspects that name no original, by their verdict, are behind no threshold: they
// have a probability, but nothing that was taken.
class ProbabilityHistogram {
 public:
  static constexpr size_t kBins = 20;  // of equal width, so that a border is a round number: 0.05
  // Finer where a reader of findings chooses.
  static constexpr std::array kThresholds = {0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.98, 0.99, 0.999};

  // REQUIRES: 0 <= probability <= 1.
  void Add(Verdict verdict, double probability);

  // Suspects in [bin / kBins, (bin + 1) / kBins); the last bin has those of probability 1 too.
  uint64_t InBin(size_t bin, Verdict verdict) const { return bins_[bin][static_cast<size_t>(verdict)]; }
  // Suspects that name an original with at least the probability kThresholds[threshold].
  uint64_t AtLeast(size_t threshold) const { return at_least_[threshold]; }
  uint64_t suspects() const;

  // {"bins":[{"from","to","by_verdict"}],"thresholds":[{"probability","suspects"}]}; verdicts without suspects are left
  // out.
  std::string Json() const;

 private:
  std::array<std::array<uint64_t, kVerdicts>, kBins> bins_{};
  std::array<uint64_t, kThresholds.size()> at_least_{};
};

}  // namespace unspin::server
