// The wish that a watch ends, which also wakes threads that wait in poll(2).
#pragma once

#include <sys/eventfd.h>

#include <atomic>
#include <cstdint>

#include "unspin/io/descriptor.h"

namespace unspin::watch {

// Safe to share between threads.
class StopFlag {
 public:
  void Raise() {
    raised_.store(true);
    // Without an event descriptor, which only a process without descriptors lacks, waits end at their time limits.
    if (event_.is_open()) eventfd_write(event_.get(), 1);
  }
  bool is_raised() const { return raised_.load(); }
  int descriptor() const { return event_.get(); }  // readable once raised; negative: there is none

 private:
  Descriptor event_{eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
  std::atomic<bool> raised_ = false;
};

}  // namespace unspin::watch
