// Ends a command that runs until it is told to: the first signal asks it to finish, a second one ends it at once.
#pragma once

#include <atomic>
#include <functional>
#include <thread>

namespace unspin::cli {

// SIGTERM, SIGINT and SIGHUP, without those that the parent wants ignored (nohup). Make it before other threads start,
// because threads inherit which signals they leave to it.
class EndingSignals {
 public:
  // `ask` is called once, on a thread of its own.
  explicit EndingSignals(std::function<void()> ask);
  EndingSignals(const EndingSignals&) = delete;
  ~EndingSignals();  // waits for a call of `ask` that has begun

  bool has_come() const { return has_come_.load(); }

 private:
  std::atomic<bool> has_come_ = false, is_over_ = false;
  std::thread thread_;
};

}  // namespace unspin::cli
