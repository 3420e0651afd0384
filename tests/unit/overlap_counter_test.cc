#include "unspin/align/overlap_counter.h"

#include <gtest/gtest.h>

#include <random>
#include <set>
#include <vector>

#include "unspin/base/hash.h"

namespace unspin {
namespace {

TEST(OverlapCounterTest, CountsDistinctHashesLikeSets) {
  std::mt19937 random(5);
  OverlapCounter counter;
  for (const uint32_t range : {3, 40, 5000}) {
    for (const size_t size : {0, 1, 50, 1000}) {
      std::vector<uint64_t> original, suspect;
      for (size_t i = 0; i < size; ++i) {
        original.push_back(Mix64(random() % range));
        suspect.push_back(Mix64(random() % range));
      }
      const std::set<uint64_t> left(original.begin(), original.end()), right(suspect.begin(), suspect.end());
      size_t common = 0;
      for (const uint64_t hash : right) common += left.count(hash);
      const HashOverlap overlap = counter.Count(original, suspect);
      EXPECT_EQ(overlap.common, common);
      EXPECT_EQ(overlap.in_original, left.size());
      EXPECT_EQ(overlap.in_suspect, right.size());
    }
  }
}

TEST(OverlapCounterTest, ContainsWhatWasAdded) {
  OverlapCounter counter;
  counter.Start(100);
  for (uint64_t i = 0; i < 100; ++i) counter.AddOriginal(Mix64(i));
  for (uint64_t i = 0; i < 100; ++i) EXPECT_TRUE(counter.Contains(Mix64(i)));
  for (uint64_t i = 100; i < 200; ++i) EXPECT_FALSE(counter.Contains(Mix64(i)));
}

TEST(OverlapCounterTest, TheShareOfAnEmptyTextIsZero) {
  OverlapCounter counter;
  EXPECT_EQ(counter.Count({}, std::vector<uint64_t>{1, 2}).ShareOfSmaller(), 0);
  EXPECT_EQ(counter.Count(std::vector<uint64_t>{1, 2, 3}, std::vector<uint64_t>{2, 3}).ShareOfSmaller(), 1);
}

}  // namespace
}  // namespace unspin
