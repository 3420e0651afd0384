// Tasks alone, and as the threads of an ordered pipeline run them.
#include "unspin/base/task_queue.h"

#include <gtest/gtest.h>

#include <numeric>
#include <thread>
#include <vector>

#include "unspin/base/ordered_pipeline.h"

namespace unspin {
namespace {

TEST(TaskQueueTest, WithOneThreadASubmittedTaskRunsAtOnce) {
  TaskQueue tasks;
  bool done = false;
  const TaskQueue::TaskHandle handle = tasks.Submit([&] { done = true; });
  EXPECT_TRUE(done);
  EXPECT_TRUE(handle->done());
  tasks.Wait(handle);
}

TEST(TaskQueueTest, WaitRunsATaskThatHasNotBegun) {
  TaskQueue tasks(2);
  bool done = false;
  const TaskQueue::TaskHandle handle = tasks.Submit([&] { done = true; });
  EXPECT_FALSE(handle->done());
  tasks.Wait(handle);
  EXPECT_TRUE(done);
}

TEST(TaskQueueTest, TasksMaySubmitOthersAndWaitForThem) {
  TaskQueue tasks(2);
  const std::jthread helper([&] {
    for (int i = 0; i < 1000; ++i) {
      std::unique_lock lock(tasks.mutex());
      tasks.RunOne(lock);
    }
  });
  std::vector<int> squares(100);
  const TaskQueue::TaskHandle all = tasks.Submit([&] {
    std::vector<TaskQueue::TaskHandle> handles;
    for (int i = 0; i < 100; ++i) handles.push_back(tasks.Submit([&squares, i] { squares[i] = i * i; }));
    for (const TaskQueue::TaskHandle& handle : handles) tasks.Wait(handle);
  });
  tasks.Wait(all);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(squares[i], i * i);
}

class TaskQueueOfPipelineTest : public ::testing::TestWithParam<unsigned> {};

TEST_P(TaskQueueOfPipelineTest, ConsumersMaySubmitTasksAndWaitForThem) {
  TaskQueue tasks(GetParam());
  int next = 0;
  std::vector<int> squares(500);
  std::vector<TaskQueue::TaskHandle> handles;
  RunOrderedPipeline(
      tasks, [&] { return next < 500 ? std::optional<int>(next++) : std::nullopt; }, [] { return 0; },
      [](int&, int item) { return item; },
      [&](int item) {
        handles.push_back(tasks.Submit([&squares, item] { squares[item] = item * item; }));
        // Waiting inside of the pipeline must not stop it.
        if (item % 100 == 99) tasks.Wait(handles[item - 50]);
        return true;
      });
  for (const TaskQueue::TaskHandle& handle : handles) tasks.Wait(handle);
  for (int i = 0; i < 500; ++i) EXPECT_EQ(squares[i], i * i);
}

INSTANTIATE_TEST_SUITE_P(Threads, TaskQueueOfPipelineTest, ::testing::Values(1u, 2u, 5u));

}  // namespace
}  // namespace unspin
