// What a watch tells people on standard error: its rate, what waits, and what is wrong.
#pragma once

#include <atomic>
#include <chrono>
#include <mutex>
#include <string>

#include "cli/repeated_messages.h"
#include "watch/watch.h"

namespace unspin::cli {

// Safe to share between threads.
class WatchReport {
 public:
  explicit WatchReport(bool quiet) : quiet_(quiet) {}

  void Say(const std::string& sentence);
  // What is wrong with a file or a record. Of one kind the first few are told at once, the others counted every minute.
  void Note(const std::string& location, const std::string& message);
  // A file that should have been read and was not.
  void Unread(const std::string& path, const std::string& why);
  bool has_unread() const { return has_unread_; }
  // Call it after each record; says the rate every minute.
  void Done(const watch::WatchCounts& counts);
  // There is nothing to read.
  void Waiting();
  // At the end.
  void Finish(const watch::WatchCounts& counts);

 private:
  using Clock = std::chrono::steady_clock;

  // REQUIRES of both: the caller holds mutex_.
  void SayRate();
  std::string Described(const watch::WatchCounts& counts) const;

  const bool quiet_;
  const Clock::time_point began_ = Clock::now();
  std::mutex mutex_;  // guards what follows
  RepeatedMessages messages_;
  watch::WatchCounts counts_, told_;
  Clock::time_point told_at_ = began_;
  bool has_waited_ = false;
  std::atomic<bool> has_unread_ = false;  // not guarded
};

}  // namespace unspin::cli
