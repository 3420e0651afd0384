#include "unspin/engine/blocked_bloom_filter.h"

#include <gtest/gtest.h>

#include <string>

namespace unspin {
namespace {

TEST(BlockedBloomFilterTest, HasNoFalseNegativesAndFewFalsePositives) {
  BlockedBloomFilter filter(20'000);
  for (int i = 0; i < 20'000; ++i) filter.Add(HashId("present-" + std::to_string(i)));
  int false_positives = 0;
  for (int i = 0; i < 20'000; ++i) {
    ASSERT_TRUE(filter.MayContain(HashId("present-" + std::to_string(i))));
    false_positives += filter.MayContain(HashId("absent-" + std::to_string(i)));
  }
  EXPECT_LT(false_positives, 10);
  EXPECT_FALSE(BlockedBloomFilter().MayContain(HashId("any")));
}

}  // namespace
}  // namespace unspin
