#include "unspin/audit/precision.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace unspin {
namespace {

constexpr double kQuantile = 1.959964;  // of the normal distribution, for 95 %

struct Interval {
  double low, high;
};

// Wilson's score interval of `derived` of `decided`, drawn without replacement from `findings`.
Interval WilsonInterval(double derived, double decided, double findings) {
  const double share = derived / decided;
  if (decided >= findings) return {share, share};
  const double size = decided * (findings - 1) / (findings - decided);  // effective
  const double z2 = kQuantile * kQuantile / size;
  const double middle = (share + z2 / 2) / (1 + z2);
  const double half = std::sqrt(share * (1 - share) * z2 + z2 * z2 / 4) / (1 + z2);
  return {std::max(0.0, std::min(share, middle - half)), std::min(1.0, std::max(share, middle + half))};
}

}  // namespace

Precision PrecisionOf(std::span<const ReadStratum> strata) {
  Precision all;
  double known = 0, derived = 0, below = 0, above = 0;  // sums over the strata in which something was decided
  for (const ReadStratum& stratum : strata) {
    assert(stratum.derived + stratum.innocent + stratum.unsure <= stratum.findings);
    all.findings += stratum.findings;
    all.derived += stratum.derived;
    all.innocent += stratum.innocent;
    all.unsure += stratum.unsure;
    const auto decided = static_cast<double>(stratum.derived + stratum.innocent);
    if (decided == 0) {
      all.unknown += stratum.findings;
      continue;
    }
    const auto findings = static_cast<double>(stratum.findings);
    const double share = static_cast<double>(stratum.derived) / decided;
    const Interval interval = WilsonInterval(static_cast<double>(stratum.derived), decided, findings);
    known += findings;
    derived += findings * share;
    below += std::pow(findings * (share - interval.low), 2);
    above += std::pow(findings * (interval.high - share), 2);
  }
  if (known == 0) return all;
  const auto findings = static_cast<double>(all.findings);
  all.estimate = derived / known;
  all.low = std::max(0.0, derived - std::sqrt(below)) / findings;
  all.high = (std::min(known, derived + std::sqrt(above)) + static_cast<double>(all.unknown)) / findings;
  return all;
}

}  // namespace unspin
