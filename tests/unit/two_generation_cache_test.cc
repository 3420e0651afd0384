#include "unspin/base/two_generation_cache.h"

#include <gtest/gtest.h>

#include <memory>

namespace unspin {
namespace {

TEST(TwoGenerationCacheTest, DiscardsTheOldGeneration) {
  TwoGenerationCache<int, const int> cache(10);
  for (int key = 0; key < 3; ++key) cache.Add(key, std::make_shared<const int>(key * 100), 6);
  EXPECT_EQ(*cache.Find(0), 0);  // a hit in the old generation makes it young
  EXPECT_EQ(cache.Find(7), nullptr);
  cache.Add(3, std::make_shared<const int>(300), 6);
  EXPECT_NE(cache.Find(0), nullptr);
  EXPECT_EQ(cache.Find(1), nullptr);
  EXPECT_EQ(*cache.Find(3), 300);
}

}  // namespace
}  // namespace unspin
