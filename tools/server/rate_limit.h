// Token buckets: how many requests a second one person or one address may send.
#pragma once

#include <chrono>
#include <cstddef>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace unspin::server {

// Safe to share between threads.
class RateLimit {
 public:
  using Clock = std::chrono::steady_clock;

  // Buckets kept at most, about 100 bytes each. The one that was used longest ago makes room: by then it is full again,
  // unless as many others were used within burst / rate seconds.
  static constexpr size_t kBuckets = 10'000;

  // REQUIRES: `rate` ≥ 0, `burst` ≥ 1. A rate of 0: no limit.
  RateLimit(double rate, double burst);

  // 0: take this request. Otherwise the seconds, rounded up, after which one will be taken.
  int Take(std::string_view key, Clock::time_point now = Clock::now());

  size_t size() const;

 private:
  struct Bucket {
    std::string key;
    double tokens;
    Clock::time_point filled;
  };

  const double rate_;
  const double burst_;
  mutable std::mutex mutex_;
  std::list<Bucket> buckets_;  // last used first
  std::unordered_map<std::string_view, std::list<Bucket>::iterator> by_key_;
};

}  // namespace unspin::server
