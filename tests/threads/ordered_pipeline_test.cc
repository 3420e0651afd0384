#include "unspin/base/ordered_pipeline.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <numeric>
#include <optional>
#include <thread>
#include <vector>

namespace unspin {
namespace {

// Produces 0 … count - 1 and records whether two threads were ever inside at once.
struct Source {
  int count;
  int next = 0;
  std::atomic<int> inside = 0;
  bool alone = true;

  std::optional<int> Take() {
    alone &= inside.fetch_add(1) == 0;
    const std::optional<int> item = next < count ? std::optional<int>(next++) : std::nullopt;
    inside.fetch_sub(1);
    return item;
  }
};

class OrderedPipelineTest : public ::testing::TestWithParam<unsigned> {};

TEST_P(OrderedPipelineTest, ResultsComeInTheOrderOfTheItems) {
  for (const int count : {0, 1, 2, 7, 500}) {
    Source source{count};
    std::vector<int> results;
    std::atomic<int> inside = 0;
    bool alone = true;
    RunOrderedPipeline(
        GetParam(), [&] { return source.Take(); }, [] { return 0; },
        [](int&, int item) {
          if (item % 7 == 0)
            std::this_thread::sleep_for(std::chrono::microseconds(200));  // later results must wait for it
          return item * item;
        },
        [&](int result) {
          alone &= inside.fetch_add(1) == 0;
          results.push_back(result);
          inside.fetch_sub(1);
          return true;
        });
    std::vector<int> expected(count);
    for (int i = 0; i < count; ++i) expected[i] = i * i;
    EXPECT_EQ(results, expected);
    EXPECT_TRUE(alone) << "two threads consumed at once";
    EXPECT_TRUE(source.alone) << "two threads produced at once";
  }
}

TEST_P(OrderedPipelineTest, StopsWhenConsumeReturnsFalse) {
  Source source{1 << 30};
  std::vector<int> results;
  RunOrderedPipeline(
      GetParam(), [&] { return source.Take(); }, [] { return 0; }, [](int&, int item) { return item; },
      [&](int result) {
        results.push_back(result);
        return results.size() < 25;
      });
  std::vector<int> expected(25);
  std::iota(expected.begin(), expected.end(), 0);
  EXPECT_EQ(results, expected);
}

TEST_P(OrderedPipelineTest, HoldsAtMostEightItemsPerThread) {
  Source source{2000};
  int consumed = 0, max_open = 0;
  std::mutex mutex;
  RunOrderedPipeline(
      GetParam(),
      [&] {
        const std::optional<int> item = source.Take();
        const std::lock_guard lock(mutex);
        if (item) max_open = std::max(max_open, *item + 1 - consumed);
        return item;
      },
      [] { return 0; },
      [](int&, int item) {
        if (item == 100)
          std::this_thread::sleep_for(std::chrono::milliseconds(20));  // all later results pile up behind it
        return item;
      },
      [&](int) {
        const std::lock_guard lock(mutex);
        ++consumed;
        return true;
      });
  EXPECT_EQ(consumed, 2000);
  EXPECT_LE(max_open, static_cast<int>(GetParam()) * 8 + 1);
}

TEST_P(OrderedPipelineTest, EveryThreadHasItsOwnState) {
  Source source{300};
  std::atomic<unsigned> states = 0;
  std::atomic<bool> shared = false;
  struct State {
    std::atomic<int> users = 0;
  };
  int sum = 0;
  RunOrderedPipeline(
      GetParam(), [&] { return source.Take(); },
      [&] {
        ++states;
        return std::make_unique<State>();
      },
      [&](std::unique_ptr<State>& state, int item) {
        if (state->users.fetch_add(1) != 0) shared = true;
        std::this_thread::yield();
        state->users.fetch_sub(1);
        return item;
      },
      [&](int item) {
        sum += item;
        return true;
      });
  EXPECT_EQ(sum, 300 * 299 / 2);
  EXPECT_EQ(states, GetParam());
  EXPECT_FALSE(shared);
}

TEST_P(OrderedPipelineTest, ItemsAndResultsNeedOnlyMove) {
  int left = 50, expected = 50;
  RunOrderedPipeline(
      GetParam(),
      [&]() -> std::optional<std::unique_ptr<int>> {
        if (left == 0) return std::nullopt;
        return std::make_unique<int>(left--);
      },
      [] { return 0; }, [](int&, std::unique_ptr<int> item) { return item; },
      [&](std::unique_ptr<int> item) {
        EXPECT_EQ(*item, expected--);
        return true;
      });
  EXPECT_EQ(expected, 0);
}

INSTANTIATE_TEST_SUITE_P(Threads, OrderedPipelineTest, ::testing::Range(1u, 9u));

}  // namespace
}  // namespace unspin
