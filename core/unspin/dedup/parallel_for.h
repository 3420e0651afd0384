// A loop whose iterations run on several threads until one of them fails.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <mutex>
#include <thread>
#include <vector>

#include "absl/status/status.h"

namespace unspin {

// Calls work(0) … work(count - 1), each once, on at most `threads` threads, the caller's among them. Returns the first
// failure, after which no further call begins.
template <typename Work>
absl::Status ParallelFor(unsigned threads, uint32_t count, const Work& work) {
  std::mutex mutex;  // guards `failure`
  absl::Status failure;
  std::atomic<uint32_t> next = 0;
  const auto run = [&] {
    for (uint32_t i = next++; i < count; i = next++) {
      {
        const std::lock_guard lock(mutex);
        if (!failure.ok()) return;
      }
      const absl::Status status = work(i);
      const std::lock_guard lock(mutex);
      if (failure.ok()) failure = status;
    }
  };
  std::vector<std::jthread> pool;
  for (unsigned i = 1; i < std::min(std::max(1u, threads), count); ++i) pool.emplace_back(run);
  run();
  pool.clear();
  return failure;
}

}  // namespace unspin
