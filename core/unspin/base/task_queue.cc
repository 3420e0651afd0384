#include "unspin/base/task_queue.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace unspin {

TaskQueue::Task::Task(std::function<void()> work) : work_(std::move(work)) {}

TaskQueue::TaskHandle TaskQueue::Submit(std::function<void()> work) {
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

void TaskQueue::Wait(const TaskHandle& handle) {
  assert(handle != nullptr);
  std::unique_lock lock(mutex_);
  if (const auto waiting = std::find(waiting_.begin(), waiting_.end(), handle); waiting != waiting_.end()) {
    const std::shared_ptr<Task> task = std::move(*waiting);
    waiting_.erase(waiting);
    Execute(lock, *task);
  }
  while (!handle->done()) {
    if (!RunOne(lock)) changed_.wait(lock);
  }
}

bool TaskQueue::RunOne(std::unique_lock<std::mutex>& lock) {
  assert(lock.owns_lock() && lock.mutex() == &mutex_);
  if (waiting_.empty()) return false;
  const std::shared_ptr<Task> task = std::move(waiting_.front());
  waiting_.pop_front();
  Execute(lock, *task);
  return true;
}

void TaskQueue::Execute(std::unique_lock<std::mutex>& lock, Task& task) {
  lock.unlock();
  task.work_();
  task.work_ = nullptr;  // what the task captured may hold much memory
  lock.lock();
  task.done_.store(true, std::memory_order_release);
  changed_.notify_all();
}

}  // namespace unspin
