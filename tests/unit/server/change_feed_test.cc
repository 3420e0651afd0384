#include "server/change_feed.h"

#include <gtest/gtest.h>

#include <vector>

namespace unspin::server {
namespace {

TEST(ChangeFeedTest, EveryListenerHearsEveryChangeInOrder) {
  ChangeFeed feed;
  std::vector<int64_t> one;
  std::vector<int64_t> other;
  const auto first = feed.Subscribe([&](const Change& change) { one.push_back(change.seq); });
  const auto second = feed.Subscribe([&](const Change& change) { other.push_back(change.seq); });
  const std::vector<Change> changes = {{1, "case", 1, "opened", "Ana"}, {2, "case", 1, "noted", "Ana"}};
  feed.Publish(changes);
  EXPECT_EQ(one, (std::vector<int64_t>{1, 2}));
  EXPECT_EQ(other, one);
}

TEST(ChangeFeedTest, EndedSubscriptionHearsNothing) {
  ChangeFeed feed;
  int heard = 0;
  auto subscription = feed.Subscribe([&](const Change&) { ++heard; });
  subscription.reset();
  feed.Publish(std::vector<Change>(1));
  EXPECT_EQ(heard, 0);
}

TEST(ChangeFeedTest, SubscriptionMayOutliveTheFeed) {
  std::unique_ptr<ChangeFeed::Subscription> subscription;
  {
    ChangeFeed feed;
    subscription = feed.Subscribe([](const Change&) {});
  }
  subscription.reset();
}

}  // namespace
}  // namespace unspin::server
