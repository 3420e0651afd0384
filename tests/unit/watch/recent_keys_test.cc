#include "watch/recent_keys.h"

#include <gtest/gtest.h>

#include <vector>

namespace unspin::watch {
namespace {

ArticleKey Key(uint64_t number) { return {number, Mix64(number)}; }

TEST(RecentKeysTest, TheLastOnesAreKnown) {
  RecentKeys keys(100);
  for (uint64_t i = 0; i < 1234; ++i) {
    keys.Add(Key(i));
    for (uint64_t back = 0; back < 100 && back <= i; ++back) ASSERT_TRUE(keys.Has(Key(i - back))) << i << " " << back;
    ASSERT_LE(keys.size(), 200u);
  }
  EXPECT_FALSE(keys.Has(Key(0)));
}

TEST(RecentKeysTest, AKeyThatComesAgainStays) {
  RecentKeys keys(10);
  for (uint64_t i = 0; i < 1000; ++i) {
    keys.Add(Key(0));
    keys.Add(Key(i + 1));
    ASSERT_TRUE(keys.Has(Key(0)));
  }
}

TEST(RecentKeysTest, AddTellsWhetherSomethingChanged) {
  RecentKeys keys(2);
  EXPECT_TRUE(keys.Add(Key(1)));
  EXPECT_FALSE(keys.Add(Key(1)));
  EXPECT_TRUE(keys.Add(Key(2)));  // both are old now
  EXPECT_TRUE(keys.Add(Key(1)));  // young again
}

TEST(RecentKeysTest, AddedAgainInTheirOrderTheyGiveTheSame) {
  RecentKeys keys(50), again(50);
  for (uint64_t i = 0; i < 180; ++i) keys.Add(Key(i));
  keys.ForEach([&](const ArticleKey& key) { again.Add(key); });
  EXPECT_EQ(keys.size(), again.size());
  for (uint64_t i = 0; i < 180; ++i) EXPECT_EQ(keys.Has(Key(i)), again.Has(Key(i))) << i;
}

}  // namespace
}  // namespace unspin::watch
