// Counts what the server does, as text for Prometheus.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace unspin::server {

// Label names and values, in the order in which they are written.
using Labels = std::vector<std::pair<std::string, std::string>>;

class Counter {
 public:
  void Add(uint64_t count = 1) { value_.fetch_add(count, std::memory_order_relaxed); }
  uint64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<uint64_t> value_{0};
};

// Upper bounds of 1 ms to 32 s, each twice the one before.
class Histogram {
 public:
  static constexpr int kBounds = 16;

  void Add(double seconds);
  // Written as `_bucket`, `_sum`, `_count`.
  void Write(std::string_view name, const Labels& labels, std::string& out) const;

 private:
  std::atomic<uint64_t> counts_[kBounds + 1] = {};
  std::atomic<uint64_t> nanoseconds_{0};
};

// Safe to share between threads. What it gives out lives as long as it does; the same name and labels give the same
// object. REQUIRES: names are those that Prometheus allows, and one name is always of one type.
class Metrics {
 public:
  Metrics();
  ~Metrics();

  Counter& GetCounter(std::string_view name, std::string_view help, const Labels& labels = {});
  Histogram& GetHistogram(std::string_view name, std::string_view help, const Labels& labels = {});
  // `read` is called while the text is written, from any thread, until RemoveGauges(owner).
  void AddGauge(const void* owner, std::string_view name, std::string_view help, const Labels& labels,
                std::function<double()> read);
  void RemoveGauges(const void* owner);

  // Content type `text/plain; version=0.0.4`.
  std::string Text() const;

 private:
  struct Family;

  Family& FamilyOf(std::string_view name, std::string_view help, const char* type);

  mutable std::mutex mutex_;
  std::vector<std::unique_ptr<Family>> families_;
};

}  // namespace unspin::server
