#include "server/rate_limit.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace unspin::server {

RateLimit::RateLimit(double rate, double burst) : rate_(rate), burst_(burst) { assert(rate >= 0 && burst >= 1); }

int RateLimit::Take(std::string_view key, Clock::time_point now) {
  if (rate_ == 0) return 0;
  const std::lock_guard lock(mutex_);
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) {
    if (buckets_.size() == kBuckets) {
      by_key_.erase(buckets_.back().key);
      buckets_.pop_back();
    }
    buckets_.push_front({std::string(key), burst_, now});
    by_key_.emplace(buckets_.front().key, buckets_.begin());
  } else {
    buckets_.splice(buckets_.begin(), buckets_, found->second);
  }
  Bucket& bucket = buckets_.front();
  const double seconds = std::chrono::duration<double>(now - bucket.filled).count();
  if (seconds > 0) {
    bucket.tokens = std::min(burst_, bucket.tokens + seconds * rate_);
    bucket.filled = now;
  }
  if (bucket.tokens >= 1) {
    bucket.tokens -= 1;
    return 0;
  }
  return std::max(1, static_cast<int>(std::ceil((1 - bucket.tokens) / rate_)));
}

size_t RateLimit::size() const {
  const std::lock_guard lock(mutex_);
  return buckets_.size();
}

}  // namespace unspin::server
