// Work on many items by several threads, with the results handed over one by one in the order of the items.
//
// Thread safety: `produce` and `consume` are each called by one thread at a time; `work` by many at once, each with a
// state of its own. At most a few items per thread are in memory.
#pragma once

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

// produce() → std::optional<Item>; work(state, Item) → Result; consume(Result) → bool, false to stop early.
// `make_state` is called once per thread. With one thread everything runs in the caller's. TaskQueue sent meanwhile are
// done before new items are taken; some may be left at the end.
template <typename Produce, typename MakeState, typename Work, typename Consume>
void RunOrderedPipeline(TaskQueue& tasks, Produce produce, MakeState make_state, Work work, Consume consume) {
  using State = decltype(make_state());
  using Item = typename decltype(produce())::value_type;
  using Result = decltype(work(std::declval<State&>(), std::declval<Item>()));
  if (tasks.threads() <= 1) {
    State state = make_state();
    while (std::optional<Item> item = produce()) {
      if (!consume(work(state, *std::move(item)))) return;
    }
    return;
  }
  const uint64_t window = uint64_t{tasks.threads()} * 8;  // items taken but not handed over yet
  std::condition_variable& changed = tasks.changed();
  // Produced ahead, oldest first: a thread that comes while another one produces works on one of these instead of
  // waiting.
  std::deque<std::pair<uint64_t, Item>> ready;
  std::map<uint64_t, Result> done;
  uint64_t taken = 0, handed = 0;
  bool ended = false, producing = false, consuming = false, stopped = false;

  auto run = [&] {
    State state = make_state();
    std::unique_lock lock(tasks.mutex());
    while (true) {
      changed.wait(lock, [&] {
        return stopped || tasks.waiting() || (!consuming && !done.empty() && done.begin()->first == handed) ||
               !ready.empty() || (!ended && !producing && taken < handed + window) || (ended && handed == taken);
      });
      if (stopped || (ended && handed == taken)) break;
      if (tasks.RunOne(lock)) continue;
      if (!consuming && !done.empty() && done.begin()->first == handed) {
        consuming = true;
        Result result = std::move(done.begin()->second);
        done.erase(done.begin());
        lock.unlock();
        const bool more = consume(std::move(result));
        lock.lock();
        consuming = false;
        ++handed;
        stopped |= !more;
        changed.notify_all();
        continue;
      }
      if (!ended && !producing && taken < handed + window && ready.size() < tasks.threads()) {
        producing = true;
        lock.unlock();
        std::optional<Item> item = produce();
        lock.lock();
        producing = false;
        if (item) {
          ready.emplace_back(taken++, *std::move(item));
        } else {
          ended = true;
        }
        changed.notify_all();
        continue;
      }
      auto [number, item] = std::move(ready.front());
      ready.pop_front();
      lock.unlock();
      Result result = work(state, std::move(item));
      lock.lock();
      done.emplace(number, std::move(result));
      changed.notify_all();
    }
  };
  std::vector<std::jthread> pool;
  for (unsigned i = 1; i < tasks.threads(); ++i) pool.emplace_back(run);
  run();
  changed.notify_all();
}

template <typename Produce, typename MakeState, typename Work, typename Consume>
void RunOrderedPipeline(unsigned threads, Produce produce, MakeState make_state, Work work, Consume consume) {
  TaskQueue none(threads);
  RunOrderedPipeline(none, std::move(produce), std::move(make_state), std::move(work), std::move(consume));
}

}  // namespace unspin
