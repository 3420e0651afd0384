#include "unspin/dedup/verifier.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "unspin/kernels/count_common.h"

namespace unspin {
namespace {

// Share of the expected number of common sampled elements below which a pair is not compared.
constexpr double kMinSampleShare = 0.4;

// Two sets, by the numbers of their elements.
struct Sizes {
  double both, smaller;

  Sizes(size_t a, size_t b) : both(static_cast<double>(a + b)), smaller(static_cast<double>(std::min(a, b))) {}
  // What the common elements are a share of.
  double Denominator(Measure measure, double common) const {
    return measure == Measure::kJaccard ? both - common : smaller;
  }
};

}  // namespace

bool ReachesThreshold(const SimilarPair& pair, const ShingleSets& sets, Measure measure, double threshold) {
  assert(pair.a < pair.b);
  const Sizes sizes(sets.SizeOf(pair.a), sets.SizeOf(pair.b));
  const double similarity = pair.similarity;
  const double common = std::round(measure == Measure::kJaccard ? similarity * sizes.both / (1 + similarity)
                                                                : similarity * sizes.smaller);
  return common >= threshold * sizes.Denominator(measure, common);
}

// Judged by sizes and the sample, without reading the sets.
bool Verifier::CannotReachThreshold(const CandidatePair& pair) const {
  if (measure_ == Measure::kContainment) {
    const uint32_t sample = std::min(sets_.SampleOf(pair.a), sets_.SampleOf(pair.b));
    return static_cast<double>(pair.collisions) < kMinSampleShare * threshold_ * sample;
  }
  const auto a = static_cast<double>(sets_.SizeOf(pair.a)), b = static_cast<double>(sets_.SizeOf(pair.b));
  return std::min(a, b) < threshold_ * std::max(a, b);
}

absl::Status Verifier::Add(const CandidatePair& pair) {
  assert(pair.a < pair.b);
  if (CannotReachThreshold(pair)) return absl::OkStatus();
  ++compared_;
  if (a_ != pair.a) {
    a_.reset();
    const auto elements = sets_.ElementsOf(pair.a, a_buffer_);
    if (!elements.ok()) return elements.status();
    a_elements_ = *elements;
    a_ = pair.a;
  }
  const auto b_elements = sets_.ElementsOf(pair.b, b_buffer_);
  if (!b_elements.ok()) return b_elements.status();
  const Sizes sizes(a_elements_.size(), b_elements->size());
  // One less than the smallest sufficient number, so that rounding loses no pair.
  const double min_common =
      threshold_ * (measure_ == Measure::kJaccard ? sizes.both / (1 + threshold_) : sizes.smaller) - 1;
  const auto common =
      static_cast<double>(CountCommon(a_elements_, *b_elements, static_cast<size_t>(std::max(0.0, min_common))));
  const double denominator = sizes.Denominator(measure_, common);
  if (denominator > 0 && common >= threshold_ * denominator)
    similar_.push_back({pair.a, pair.b, static_cast<float>(common / denominator)});
  return absl::OkStatus();
}

}  // namespace unspin
