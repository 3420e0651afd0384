#include "unspin/dedup/verifier.h"

#include <algorithm>

namespace unspin {
namespace {

constexpr double kSampleSlack = 0.4;  // of the shared sample that is to be expected: fewer is no candidate

size_t CountCommon(std::span<const uint32_t> a, std::span<const uint32_t> b) {
  size_t common = 0;
  const uint32_t *x = a.data(), *y = b.data(), *const x_end = x + a.size(), *const y_end = y + b.size();
  while (x != x_end && y != y_end) {
    const uint32_t left = *x, right = *y;
    common += left == right;
    x += left <= right;
    y += right <= left;
  }
  return common;
}

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
  const auto common = static_cast<double>(CountCommon(left_, *right));
  const double of = measure_ == Measure::kJaccard ? static_cast<double>(left_.size() + right->size()) - common
                                                  : static_cast<double>(std::min(left_.size(), right->size()));
  if (of > 0 && common >= threshold_ * of) similar_.push_back({pair.a, pair.b, static_cast<float>(common / of)});
  return absl::OkStatus();
}

}  // namespace unspin
