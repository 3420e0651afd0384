// What a command does before a signal (Ctrl-C, SIGTERM, SIGHUP) ends it: flush what is whole, remove what is temporary.
#pragma once

#include <functional>

namespace unspin::cli {

// While this value lives, a signal that ends the process first calls `act`, on a thread of its own; then the process
// ends by that signal, as it would have. A second signal ends it at once. Make the first one before other threads
// start, because threads inherit which signals they leave to it. `act` must be safe to call at any time.
class OnInterrupt {
 public:
  explicit OnInterrupt(std::function<void()> act);
  OnInterrupt(const OnInterrupt&) = delete;
  OnInterrupt& operator=(const OnInterrupt&) = delete;
  // Waits for a call of `act` that has begun; the process then ends.
  ~OnInterrupt();

 private:
  std::function<void()> act_;
};

}  // namespace unspin::cli
