#include "server/bounded_queue.h"

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

namespace unspin::server {
namespace {

TEST(BoundedQueueTest, AFullQueueRefuses) {
  BoundedQueue<std::unique_ptr<int>> queue(2);
  EXPECT_TRUE(queue.TryPush(std::make_unique<int>(1)));
  EXPECT_TRUE(queue.TryPush(std::make_unique<int>(2)));
  auto third = std::make_unique<int>(3);
  EXPECT_FALSE(queue.TryPush(std::move(third)));
  ASSERT_TRUE(third) << "it is still the caller's";
  EXPECT_EQ(**queue.Pop(), 1);
  EXPECT_TRUE(queue.TryPush(std::move(third)));
}

TEST(BoundedQueueTest, AClosedQueueGivesWhatIsLeft) {
  BoundedQueue<int> queue(2);
  queue.TryPush(1);
  queue.Close();
  EXPECT_FALSE(queue.TryPush(2));
  EXPECT_EQ(queue.Pop(), 1);
  EXPECT_EQ(queue.Pop(), std::nullopt);
}

TEST(BoundedQueueTest, ThreadsGetEachItemOnce) {
  BoundedQueue<int> queue(8);
  std::atomic<long> sum{0};
  std::vector<std::thread> readers;
  for (int i = 0; i < 4; ++i) {
    readers.emplace_back([&] {
      while (const std::optional<int> item = queue.Pop()) sum += *item;
    });
  }
  for (int i = 1; i <= 1000; ++i) {
    while (!queue.TryPush(int{i})) std::this_thread::yield();
  }
  queue.Close();
  for (std::thread& reader : readers) reader.join();
  EXPECT_EQ(sum, 500'500);
}

}  // namespace
}  // namespace unspin::server
