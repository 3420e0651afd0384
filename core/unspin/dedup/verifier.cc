#include "unspin/dedup/verifier.h"

#include <algorithm>

#include "unspin/kernels/count_common.h"

namespace unspin {
namespace {

constexpr double kSampleSlack = 0.4;  // of the shared sample that is to be expected: fewer is no candidate

}  // namespace

// By what is known without reading the sets.
bool Verifier::RuledOut(const CandidatePair& pair) const {
  if (measure_ == Measure::kContainment) {
    const uint32_t sample = std::min(sets_.SampleOf(pair.a), sets_.SampleOf(pair.b));
    return static_cast<double>(pair.times) < kSampleSlack * threshold_ * sample;
  }
  const auto a = static_cast<double>(sets_.SizeOf(pair.a)), b = static_cast<double>(sets_.SizeOf(pair.b));
  return std::min(a, b) < threshold_ * std::max(a, b);
}

absl::Status Verifier::Add(const CandidatePair& pair) {
  if (RuledOut(pair)) return absl::OkStatus();
  ++compared_;
  if (left_article_ != pair.a) {
    left_article_.reset();
    const auto read = sets_.ElementsOf(pair.a, left_room_);
    if (!read.ok()) return read.status();
    left_ = *read;
    left_article_ = pair.a;
  }
  const auto right = sets_.ElementsOf(pair.b, right_room_);
  if (!right.ok()) return right.status();
  const auto both = static_cast<double>(left_.size() + right->size());
  const auto smaller = static_cast<double>(std::min(left_.size(), right->size()));
  // Rounding must not lose a pair: one less than the least that is enough.
  const double least = threshold_ * (measure_ == Measure::kJaccard ? both / (1 + threshold_) : smaller) - 1;
  const auto common = static_cast<double>(CountCommon(left_, *right, static_cast<size_t>(std::max(0.0, least))));
  const double of = measure_ == Measure::kJaccard ? both - common : smaller;
  if (of > 0 && common >= threshold_ * of) similar_.push_back({pair.a, pair.b, static_cast<float>(common / of)});
  return absl::OkStatus();
}

}  // namespace unspin
