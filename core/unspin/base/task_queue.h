// A queue of tasks that run on the threads of an ordered pipeline.
//
// Thread safety: every function may be called from many threads. A task may submit other tasks and wait for them.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>

namespace unspin {

// Starts no threads. The threads of RunOrderedPipeline run waiting tasks before they take new items, and a thread in
// Wait runs tasks until its own is done. With one thread Submit runs the task at once.
class TaskQueue {
 public:
  explicit TaskQueue(unsigned threads = 1) : threads_(threads) {}
  TaskQueue(const TaskQueue&) = delete;
  TaskQueue& operator=(const TaskQueue&) = delete;

  unsigned threads() const { return threads_; }

  class Task {
   public:
    bool done() const { return done_.load(std::memory_order_acquire); }

   private:
    friend class TaskQueue;
    explicit Task(std::function<void()> work);
    std::function<void()> work_;
    std::atomic<bool> done_ = false;
  };
  using TaskHandle = std::shared_ptr<const Task>;

  TaskHandle Submit(std::function<void()> work);

  // Returns when the task is done. A task that has not begun runs in this thread; while another thread runs it, this
  // one runs other tasks. REQUIRES: the handle comes from this queue.
  void Wait(const TaskHandle& handle);

  // For threads that wait for tasks or for something else, which the same mutex must guard. `changed` is notified when
  // a task is submitted or done; those threads notify it about all else.
  std::mutex& mutex() { return mutex_; }
  std::condition_variable& changed() { return changed_; }
  // Whether a task waits for a thread. REQUIRES: mutex() is held (not checked).
  bool HasTask() const { return !waiting_.empty(); }
  // Runs the oldest waiting task, without holding the lock meanwhile. False if no task waits.
  // REQUIRES: `lock` holds mutex().
  bool RunOne(std::unique_lock<std::mutex>& lock);

 private:
  void Execute(std::unique_lock<std::mutex>& lock, Task& task);

  const unsigned threads_;
  std::mutex mutex_;  // guards waiting_
  std::condition_variable changed_;
  std::deque<std::shared_ptr<Task>> waiting_;  // oldest first
};

}  // namespace unspin
