// Work that can wait until a thread has time for it.
//
// Thread safety: all may be called by many threads at once. An errand may send others and wait for them.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>

namespace unspin {

// Starts no threads: those of RunOrdered look here before they look for anything else. With one thread nobody else
// will have time, so what is sent is done at once.
class Errands {
 public:
  explicit Errands(unsigned threads = 1) : threads_(threads) {}
  Errands(const Errands&) = delete;

  unsigned threads() const { return threads_; }

  class Errand {
   public:
    bool done() const { return done_.load(std::memory_order_acquire); }

   private:
    friend class Errands;
    explicit Errand(std::function<void()> work) : work_(std::move(work)) {}
    std::function<void()> work_;
    std::atomic<bool> done_ = false;
  };
  using Ticket = std::shared_ptr<const Errand>;

  Ticket Send(std::function<void()> work) {
    const std::shared_ptr<Errand> errand(new Errand(std::move(work)));
    std::unique_lock lock(mutex_);
    if (threads_ <= 1) {
      Do(lock, *errand);
    } else {
      waiting_.push_back(errand);
      changed_.notify_one();
    }
    return errand;
  }

  // Returns when it is done. Does it where nobody has begun it, and others while it is under way.
  void Await(const Ticket& ticket) {
    std::unique_lock lock(mutex_);
    for (auto waiting = waiting_.begin(); waiting != waiting_.end(); ++waiting) {
      if (*waiting != ticket) continue;
      const std::shared_ptr<Errand> errand = std::move(*waiting);
      waiting_.erase(waiting);
      Do(lock, *errand);
      break;
    }
    while (!ticket->done()) {
      if (!DoNext(lock)) changed_.wait(lock);
    }
  }

  // For threads that look for something to do. The mutex guards what they wait for, too: `changed` wakes them when
  // something is sent or done, and whenever they say so themselves.
  std::mutex& mutex() { return mutex_; }
  std::condition_variable& changed() { return changed_; }
  // REQUIRES: the lock is held.
  bool waiting() const { return !waiting_.empty(); }
  // Does the oldest one, without the lock; false where none waits.
  bool DoNext(std::unique_lock<std::mutex>& lock) {
    if (waiting_.empty()) return false;
    const std::shared_ptr<Errand> errand = std::move(waiting_.front());
    waiting_.pop_front();
    Do(lock, *errand);
    return true;
  }

 private:
  void Do(std::unique_lock<std::mutex>& lock, Errand& errand) {
    lock.unlock();
    errand.work_();
    errand.work_ = nullptr;
    lock.lock();
    errand.done_.store(true, std::memory_order_release);
    changed_.notify_all();
  }

  const unsigned threads_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::shared_ptr<Errand>> waiting_;  // oldest first
};

}  // namespace unspin
