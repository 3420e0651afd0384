// Work that can wait until a thread has time for it.
//
// Thread safety: all may be called by many threads at once. An task may send others and wait for them.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>

namespace unspin {

// Starts no threads: those of RunOrderedPipeline look here before they look for anything else. With one thread nobody
// else will have time, so what is sent is done at once.
class TaskQueue {
 public:
  explicit TaskQueue(unsigned threads = 1) : threads_(threads) {}
  TaskQueue(const TaskQueue&) = delete;

  unsigned threads() const { return threads_; }

  class Task {
   public:
    bool done() const { return done_.load(std::memory_order_acquire); }

   private:
    friend class TaskQueue;
    explicit Task(std::function<void()> work) : work_(std::move(work)) {}
    std::function<void()> work_;
    std::atomic<bool> done_ = false;
  };
  using TaskHandle = std::shared_ptr<const Task>;

  TaskHandle Submit(std::function<void()> work) {
    const std::shared_ptr<Task> task(new Task(std::move(work)));
    std::unique_lock lock(mutex_);
    if (threads_ <= 1) {
      Execute(lock, *task);
    } else {
      waiting_.push_back(task);
      changed_.notify_one();
    }
    return task;
  }

  // Returns when it is done. Does it where nobody has begun it, and others while it is under way.
  void Wait(const TaskHandle& handle) {
    std::unique_lock lock(mutex_);
    for (auto waiting = waiting_.begin(); waiting != waiting_.end(); ++waiting) {
      if (*waiting != handle) continue;
      const std::shared_ptr<Task> task = std::move(*waiting);
      waiting_.erase(waiting);
      Execute(lock, *task);
      break;
    }
    while (!handle->done()) {
      if (!RunOne(lock)) changed_.wait(lock);
    }
  }

  // For threads that look for something to do. The mutex guards what they wait for, too: `changed` wakes them when
  // something is sent or done, and whenever they say so themselves.
  std::mutex& mutex() { return mutex_; }
  std::condition_variable& changed() { return changed_; }
  // REQUIRES: the lock is held.
  bool waiting() const { return !waiting_.empty(); }
  // Does the oldest one, without the lock; false where none waits.
  bool RunOne(std::unique_lock<std::mutex>& lock) {
    if (waiting_.empty()) return false;
    const std::shared_ptr<Task> task = std::move(waiting_.front());
    waiting_.pop_front();
    Execute(lock, *task);
    return true;
  }

 private:
  void Execute(std::unique_lock<std::mutex>& lock, Task& task) {
    lock.unlock();
    task.work_();
    task.work_ = nullptr;
    lock.lock();
    task.done_.store(true, std::memory_order_release);
    changed_.notify_all();
  }

  const unsigned threads_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::shared_ptr<Task>> waiting_;  // oldest first
};

}  // namespace unspin
