// One audit: the suspects of an input → a file of reports, with the bytes that `unspin audit` writes.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "server/audit_input.h"
#include "server/audit_options.h"
#include "server/probability_histogram.h"
#include "unspin/engine/archive.h"
#include "unspin/engine/engine.h"

namespace unspin::server {

struct AuditOrder {
  AuditInput input;
  AuditOptions options;
  std::string reports;   // file; reports that are there stay, where this audit would write the same
  unsigned threads = 1;  // at least 1
};

// Of the records that could not become an article, so many are kept with what is wrong: enough to find the cause, and
// few enough to be saved every second.
inline constexpr size_t kMaxBadExamples = 10;
inline constexpr size_t kMaxBadExampleBytes = 500;

// How far an audit is. With the reports that were there.
struct AuditState {
  uint64_t suspects = 0;
  uint64_t bytes_done = 0, bytes_total = 0;  // of the input, as stored; total 0: unknown
  uint64_t bad_records = 0;                  // that could not become an article
  std::vector<std::string> bad_examples;     // the first of them: "crawl.jsonl:17: what is wrong"
  std::array<uint64_t, kVerdicts> by_verdict{};
  ProbabilityHistogram histogram;
};

// What the thread of an audit and others say to each other. Safe to share between threads.
class AuditWatch {
 public:
  // The audit ends soon, behind the report that is written then.
  void Stop() { stopped_ = true; }
  bool stopped() const { return stopped_; }

  AuditState Get() const;
  template <typename Change>
  void Update(const Change& change) {
    const std::lock_guard lock(mutex_);
    change(state_);
  }

 private:
  std::atomic<bool> stopped_ = false;
  mutable std::mutex mutex_;  // guards state_
  AuditState state_;
};

// Returns once the disk holds all reports, or when it was stopped. A run that was stopped, or killed, goes on where it
// ended: the file then has the bytes of a run in one go. It begins again where the archive, the input or the options
// have changed since. Fails where the input cannot be read or has no article, the archive is damaged, or the reports
// cannot be written. REQUIRES: order.threads > 0.
absl::Status RunAudit(const AuditOrder& order, const Engine& engine, const Archive& archive, AuditWatch& watch);

}  // namespace unspin::server
