// The engine of the process, and the threads that work on the chunks of a source.
#pragma once

#include <algorithm>
#include <atomic>
#include <cassert>
#include <cstddef>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "binding/article_source.h"
#include "unspin/base/ordered_pipeline.h"
#include "unspin/base/task_queue.h"
#include "unspin/engine/engine.h"

namespace unspin::python {

// Made at the first call, so that an import costs nothing.
const Engine& TheEngine();

// What one thread keeps from one chunk to the next.
struct Worker {
  Worker() : workspace(TheEngine()) {}

  Workspace workspace;
  ChunkBuffers buffers;
};

// A worker of the process, given back at the end: calls one after the other reuse what it has cached.
class BorrowedWorker {
 public:
  // Holds the GIL, and so does the destructor, which takes it: a child that forks meanwhile finds no lock held.
  BorrowedWorker();
  ~BorrowedWorker();
  BorrowedWorker(BorrowedWorker&&) = default;
  Worker& operator*() const { return *worker_; }
  Worker* operator->() const { return worker_.get(); }

 private:
  std::unique_ptr<Worker> worker_;
};

// `threads`, which is 1 to 1024, or a thread for each core; raises ValueError for another number.
unsigned ThreadsOf(std::optional<int64_t> threads);

// Threads are started for each call of Map and end with it, so that none outlives a fork or waits between two batches.
class Crew {
 public:
  // Holds the GIL.
  explicit Crew(unsigned threads) : tasks_(threads) {
    while (workers_.size() < threads) workers_.emplace_back();
  }

  TaskQueue& tasks() { return tasks_; }
  unsigned threads() const { return tasks_.threads(); }

  // work(chunk, worker) → result, for each chunk; results in the order of the chunks. The threads run
  // the tasks of the queue as well. REQUIRES: it has as many threads. Does not hold the GIL.
  template <typename Work>
  auto Map(ArticleChunks chunks, const Work& work, TaskQueue& tasks) {
    assert(tasks.threads() == threads());
    using Result = decltype(work(*chunks.front(), *workers_.front()));
    std::vector<Result> results;
    results.reserve(chunks.size());
    auto next = chunks.begin();
    std::atomic<size_t> taken = 0;
    const auto produce = [&]() -> std::optional<std::unique_ptr<ArticleChunk>> {
      if (next == chunks.end()) return std::nullopt;
      return std::move(*next++);
    };
    const auto take_worker = [&] { return &*workers_[taken++]; };
    const auto do_work = [&](Worker* worker, std::unique_ptr<ArticleChunk> chunk) { return work(*chunk, *worker); };
    const auto consume = [&](Result result) {
      results.push_back(std::move(result));
      return true;
    };
    if (chunks.size() > 1) {
      RunOrderedPipeline(tasks, produce, take_worker, do_work, consume);
    } else {
      RunOrderedPipeline(1, produce, take_worker, do_work, consume);
    }
    return results;
  }

 private:
  TaskQueue tasks_;
  std::vector<BorrowedWorker> workers_;
};

}  // namespace unspin::python
