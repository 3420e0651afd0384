// Findings that a person has read → which share of all findings is right, with a 95 % interval.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

namespace unspin {

// A stratum of findings, some of which were drawn at random and read. REQUIRES: derived + innocent + unsure ≤ findings.
struct ReadStratum {
  uint64_t findings = 0;
  uint64_t derived = 0, innocent = 0, unsure = 0;
};

struct Precision {
  uint64_t findings = 0, derived = 0, innocent = 0, unsure = 0;
  uint64_t unknown = 0;            // findings of strata in which nothing was decided
  std::optional<double> estimate;  // nothing where nothing was decided
  double low = 0, high = 1;        // of the interval
};

// The mean of the strata's shares of derived ones, weighted by their findings. Those left unsure are left out. The
// interval of one stratum is Wilson's (1927), with the correction for a finite population: a stratum read to its end
// has no error left. Those of several are combined by their distances from the estimates, squared and weighted (MOVER:
// Zou and Donner, Statistics in Medicine 27, 2008). A stratum in which nothing was decided may hold anything: the
// interval grows by it.
Precision PrecisionOf(std::span<const ReadStratum> strata);

}  // namespace unspin
