#include "unspin/lexicon/sorted_hashes.h"

#include <algorithm>
#include <cstdint>
#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace unspin {
namespace {

TEST(SortedHashesTest, FindsEachHashAndNoOther) {
  std::mt19937_64 random(7);
  for (const size_t count : {0u, 1u, 2u, 31u, 32u, 100u, 5000u}) {
    std::vector<uint64_t> hashes(count);
    for (uint64_t& hash : hashes) hash = random();
    if (count > 1) hashes.front() = 0, hashes.back() = ~uint64_t{0};
    // Half of them are far from uniform.
    for (size_t i = 0; i < count / 2; ++i) hashes[i] >>= 40;
    std::sort(hashes.begin(), hashes.end());
    hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
    const SortedHashes sorted(hashes);
    for (size_t i = 0; i < hashes.size(); ++i) {
      EXPECT_EQ(sorted.Find(hashes[i]), i);
      for (const uint64_t near : {hashes[i] - 1, hashes[i] + 1})
        EXPECT_EQ(sorted.Find(near).has_value(), std::binary_search(hashes.begin(), hashes.end(), near));
    }
    for (int i = 0; i < 1000; ++i) EXPECT_FALSE(sorted.Find(random()).has_value());
  }
}

}  // namespace
}  // namespace unspin
