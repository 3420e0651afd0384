#include "server/rate_limit.h"

#include <gtest/gtest.h>

namespace unspin::server {
namespace {

using std::chrono::milliseconds;

const RateLimit::Clock::time_point kBegin{};

TEST(RateLimitTest, ABurstIsTakenAtOnce) {
  RateLimit limit(10, 5);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(limit.Take("a", kBegin), 0) << i;
  EXPECT_EQ(limit.Take("a", kBegin), 1);
}

TEST(RateLimitTest, ABucketFillsWithTime) {
  RateLimit limit(10, 5);
  for (int i = 0; i < 6; ++i) limit.Take("a", kBegin);
  EXPECT_GT(limit.Take("a", kBegin + milliseconds(99)), 0);
  EXPECT_EQ(limit.Take("a", kBegin + milliseconds(101)), 0);
  EXPECT_GT(limit.Take("a", kBegin + milliseconds(101)), 0);
}

TEST(RateLimitTest, ABucketHoldsNoMoreThanTheBurst) {
  RateLimit limit(10, 5);
  limit.Take("a", kBegin);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(limit.Take("a", kBegin + milliseconds(1'000'000)), 0);
  EXPECT_GT(limit.Take("a", kBegin + milliseconds(1'000'000)), 0);
}

TEST(RateLimitTest, KeysDoNotShareABucket) {
  RateLimit limit(1, 1);
  EXPECT_EQ(limit.Take("a", kBegin), 0);
  EXPECT_EQ(limit.Take("b", kBegin), 0);
  EXPECT_GT(limit.Take("a", kBegin), 0);
}

TEST(RateLimitTest, TheSecondsToWaitAreEnough) {
  RateLimit limit(0.25, 1);
  EXPECT_EQ(limit.Take("a", kBegin), 0);
  const int seconds = limit.Take("a", kBegin);
  EXPECT_EQ(seconds, 4);
  EXPECT_EQ(limit.Take("a", kBegin + std::chrono::seconds(seconds)), 0);
}

TEST(RateLimitTest, ARateOfZeroIsNoLimit) {
  RateLimit limit(0, 1);
  for (int i = 0; i < 1000; ++i) ASSERT_EQ(limit.Take("a", kBegin), 0);
}

TEST(RateLimitTest, ManyKeysDoNotGrowIt) {
  RateLimit limit(1, 1);
  limit.Take("first", kBegin);
  for (size_t i = 0; i < RateLimit::kBuckets + 100; ++i) limit.Take(std::to_string(i), kBegin);
  EXPECT_EQ(limit.size(), RateLimit::kBuckets);
  EXPECT_EQ(limit.Take("first", kBegin), 0) << "it made room";
}

TEST(RateLimitTest, AClockThatGoesBackDoesNoHarm) {
  RateLimit limit(1, 2);
  limit.Take("a", kBegin + milliseconds(5000));
  EXPECT_EQ(limit.Take("a", kBegin), 0);
  EXPECT_GT(limit.Take("a", kBegin), 0);
}

}  // namespace
}  // namespace unspin::server
