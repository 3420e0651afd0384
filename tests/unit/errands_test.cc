#include "unspin/base/errands.h"

#include <gtest/gtest.h>

#include <numeric>
#include <thread>
#include <vector>

#include "unspin/base/ordered_pipeline.h"

namespace unspin {
namespace {

TEST(Errands, AreDoneAtOnceWhereNobodyElseHasTime) {
  Errands errands;
  bool done = false;
  const Errands::Ticket ticket = errands.Send([&] { done = true; });
  EXPECT_TRUE(done);
  EXPECT_TRUE(ticket->done());
  errands.Await(ticket);
}

TEST(Errands, WaitForAThreadThatHasTime) {
  Errands errands(2);
  bool done = false;
  const Errands::Ticket ticket = errands.Send([&] { done = true; });
  EXPECT_FALSE(ticket->done());
  errands.Await(ticket);
  EXPECT_TRUE(done);
}

TEST(Errands, MaySendOthersAndWaitForThem) {
  Errands errands(2);
  const std::jthread helper([&] {
    for (int i = 0; i < 1000; ++i) {
      std::unique_lock lock(errands.mutex());
      errands.DoNext(lock);
    }
  });
  std::vector<int> squares(100);
  const Errands::Ticket all = errands.Send([&] {
    std::vector<Errands::Ticket> tickets;
    for (int i = 0; i < 100; ++i) tickets.push_back(errands.Send([&squares, i] { squares[i] = i * i; }));
    for (const Errands::Ticket& ticket : tickets) errands.Await(ticket);
  });
  errands.Await(all);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(squares[i], i * i);
}

class ErrandsOfConsumers : public ::testing::TestWithParam<unsigned> {};

TEST_P(ErrandsOfConsumers, AreDoneByTheThreadsOfThePipeline) {
  Errands errands(GetParam());
  int next = 0;
  std::vector<int> squares(500);
  std::vector<Errands::Ticket> tickets;
  RunOrdered(
      errands, [&] { return next < 500 ? std::optional<int>(next++) : std::nullopt; }, [] { return 0; },
      [](int&, int item) { return item; },
      [&](int item) {
        tickets.push_back(errands.Send([&squares, item] { squares[item] = item * item; }));
        // Waiting inside of the pipeline must not stop it.
        if (item % 100 == 99) errands.Await(tickets[item - 50]);
        return true;
      });
  for (const Errands::Ticket& ticket : tickets) errands.Await(ticket);
  for (int i = 0; i < 500; ++i) EXPECT_EQ(squares[i], i * i);
}

INSTANTIATE_TEST_SUITE_P(Threads, ErrandsOfConsumers, ::testing::Values(1u, 2u, 5u));

}  // namespace
}  // namespace unspin
