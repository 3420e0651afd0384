// Parallel work on a stream of items whose results are consumed in the order of the items.
//
// This is oneTBB's parallel_pipeline with serial_in_order ends and a parallel middle. It is written here because
//   - a thread that finds no item runs the tasks of a TaskQueue, and a consumer that waits for a task helps to run
//     them, so no thread is idle beside those that were asked for (docs/decisions/0023-task-queue.md);
//   - results must not depend on the number of threads, and 150 lines over one mutex can be read and tested for that;
//   - it saves a dependency whose packaged build the thread sanitizer cannot follow (0008-ordered-pipeline.md).
// One lock per item and notify_all on every change suit items of a millisecond and tens of threads, not hundreds.
#pragma once

#include <cassert>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "unspin/base/task_queue.h"

namespace unspin {

template <typename Produce, typename MakeState, typename Work, typename Consume>
class OrderedPipeline {
 public:
  OrderedPipeline(TaskQueue& tasks, Produce produce, MakeState make_state, Work work, Consume consume)
      : tasks_(tasks),
        window_(uint64_t{tasks.threads()} * kItemsPerThread),
        produce_(std::move(produce)),
        make_state_(std::move(make_state)),
        work_(std::move(work)),
        consume_(std::move(consume)) {}

  void Run() {
    if (tasks_.threads() <= 1) return RunInOneThread();
    std::vector<std::jthread> pool;
    for (unsigned i = 1; i < tasks_.threads(); ++i) pool.emplace_back([this] { RunThread(); });
    RunThread();
  }

 private:
  using State = decltype(std::declval<MakeState&>()());
  using Item = typename decltype(std::declval<Produce&>()())::value_type;
  using Result = decltype(std::declval<Work&>()(std::declval<State&>(), std::declval<Item>()));
  using Lock = std::unique_lock<std::mutex>;

  static constexpr unsigned kItemsPerThread = 8;  // produced but not consumed: evens out items of unequal size

  void RunInOneThread() {
    State state = make_state_();
    while (std::optional<Item> item = produce_()) {
      if (!consume_(work_(state, *std::move(item)))) return;
    }
  }

  void RunThread() {
    State state = make_state_();
    Lock lock(tasks_.mutex());
    while (true) {
      tasks_.changed().wait(
          lock, [this] { return Finished() || tasks_.HasTask() || CanConsume() || CanProduce() || !items_.empty(); });
      if (Finished()) return;
      if (tasks_.RunOne(lock)) continue;
      if (CanConsume()) {
        ConsumeOne(lock);
      } else if (CanProduce() && items_.size() < tasks_.threads()) {
        ProduceOne(lock);
      } else {
        WorkOnOne(state, lock);
      }
      tasks_.changed().notify_all();
    }
  }

  bool Finished() const { return stopped_ || (ended_ && consumed_ == produced_); }
  bool CanConsume() const { return !consuming_ && !results_.empty() && results_.begin()->first == consumed_; }
  bool CanProduce() const { return !ended_ && !producing_ && produced_ < consumed_ + window_; }

  void ConsumeOne(Lock& lock) {
    consuming_ = true;
    Result result = std::move(results_.begin()->second);
    results_.erase(results_.begin());
    lock.unlock();
    const bool more = consume_(std::move(result));
    lock.lock();
    consuming_ = false;
    ++consumed_;
    stopped_ |= !more;
  }

  void ProduceOne(Lock& lock) {
    producing_ = true;
    lock.unlock();
    std::optional<Item> item = produce_();
    lock.lock();
    producing_ = false;
    if (item) {
      items_.emplace_back(produced_++, *std::move(item));
    } else {
      ended_ = true;
    }
  }

  void WorkOnOne(State& state, Lock& lock) {
    assert(!items_.empty());
    auto [number, item] = std::move(items_.front());
    items_.pop_front();
    lock.unlock();
    Result result = work_(state, std::move(item));
    lock.lock();
    results_.emplace(number, std::move(result));
  }

  TaskQueue& tasks_;  // its mutex guards all that follows the functions
  const uint64_t window_;
  Produce produce_;
  MakeState make_state_;
  Work work_;
  Consume consume_;

  // Produced ahead, oldest first: while one thread produces, the others work on these instead of waiting.
  std::deque<std::pair<uint64_t, Item>> items_;
  std::map<uint64_t, Result> results_;  // by number of the item
  uint64_t produced_ = 0, consumed_ = 0;
  bool ended_ = false;    // produce returned nothing
  bool stopped_ = false;  // consume returned false
  bool producing_ = false, consuming_ = false;
};

// produce() → std::optional<Item>, nothing at the end; work(state, Item) → Result; consume(Result) → bool, false to
// stop early. `make_state` is called once per thread, and each thread passes its own state to `work`.
//
// Thread safety: one thread at a time calls `produce`, and one `consume`; many call `work`. At most eight items per
// thread are in memory. With one thread everything runs in the caller's. Tasks submitted meanwhile run before new items
// are taken; some may remain at the end.
template <typename Produce, typename MakeState, typename Work, typename Consume>
void RunOrderedPipeline(TaskQueue& tasks, Produce produce, MakeState make_state, Work work, Consume consume) {
  OrderedPipeline(tasks, std::move(produce), std::move(make_state), std::move(work), std::move(consume)).Run();
}

template <typename Produce, typename MakeState, typename Work, typename Consume>
void RunOrderedPipeline(unsigned threads, Produce produce, MakeState make_state, Work work, Consume consume) {
  TaskQueue no_tasks(threads);
  RunOrderedPipeline(no_tasks, std::move(produce), std::move(make_state), std::move(work), std::move(consume));
}

}  // namespace unspin
