#include "unspin/base/blocked_bloom_filter.h"

#include <gtest/gtest.h>

#include "unspin/base/hash.h"

namespace unspin {
namespace {

constexpr uint64_t kKeys = 20'000;

// Of kKeys present and as many absent keys.
int FalsePositives(size_t keys_of_line) {
  const auto line_of = [](uint64_t key) { return Mix64(key); };
  const auto bits_of = [](uint64_t key) { return Mix64(~key); };
  BlockedBloomFilter filter(kKeys, keys_of_line);
  for (uint64_t key = 0; key < kKeys; ++key) filter.Add(line_of(key), bits_of(key));
  int false_positives = 0;
  for (uint64_t key = 0; key < kKeys; ++key) {
    EXPECT_TRUE(filter.MayContain(line_of(key), bits_of(key)));
    false_positives += filter.MayContain(line_of(kKeys + key), bits_of(kKeys + key));
  }
  return false_positives;
}

TEST(BlockedBloomFilterTest, HasNoFalseNegativesAndFewFalsePositives) {
  EXPECT_LT(FalsePositives(BlockedBloomFilter::kPreciseKeysOfLine), 10);
  EXPECT_LT(FalsePositives(BlockedBloomFilter::kSmallKeysOfLine), 100);
}

TEST(BlockedBloomFilterTest, AnEmptyOneContainsNothing) { EXPECT_FALSE(BlockedBloomFilter().MayContain(1, 2)); }

}  // namespace
}  // namespace unspin
