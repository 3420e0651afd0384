// Parts of one piece of work, each done by one of several threads, until one of them fails.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <mutex>
#include <thread>
#include <vector>

#include "absl/status/status.h"

namespace unspin {

// Calls work(0) … work(parts - 1), each on some thread. Returns the first failure; nothing is begun after it.
template <typename Work>
absl::Status ForEachPart(unsigned threads, uint32_t parts, const Work& work) {
  std::mutex mutex;
  absl::Status failed;
  std::atomic<uint32_t> next = 0;
  const auto run = [&] {
    for (uint32_t part = next++; part < parts; part = next++) {
      {
        const std::lock_guard lock(mutex);
        if (!failed.ok()) return;
      }
      const absl::Status status = work(part);
      const std::lock_guard lock(mutex);
      if (failed.ok()) failed = status;
    }
  };
  std::vector<std::jthread> pool;
  for (unsigned i = 1; i < std::min(std::max(1u, threads), parts); ++i) pool.emplace_back(run);
  run();
  pool.clear();
  return failed;
}

}  // namespace unspin
