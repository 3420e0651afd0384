// BucketSort sorts any input, uniform or not.
#include "unspin/base/bucket_sort.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <utility>
#include <vector>

namespace unspin {
namespace {

using Row = std::pair<uint64_t, uint32_t>;

void ExpectSorted(std::vector<Row> rows) {
  std::vector<Row> expected = rows;
  std::sort(expected.begin(), expected.end());
  BucketSort(rows, [](const Row& row, unsigned bits) { return row.first >> (64 - bits); });
  EXPECT_EQ(rows, expected);
}

TEST(BucketSortTest, SortsUniformAndSkewedKeys) {
  std::mt19937_64 random(29);
  for (const size_t size : {0u, 1u, 2u, 31u, 32u, 33u, 64u, 65u, 1000u, 5000u, 70'000u}) {
    std::vector<Row> even, few, one, low, descending;
    for (uint32_t i = 0; i < size; ++i) {
      const auto number = static_cast<uint32_t>(random());
      even.emplace_back(random(), number);
      few.emplace_back((random() % 7) << 55 | random() % 3, number);
      one.emplace_back(uint64_t{1} << 63, number);
      low.emplace_back(random() % 100, i);
      descending.emplace_back(~uint64_t{0} / (i + 1), i);
    }
    for (const auto& rows : {even, few, one, low, descending}) ExpectSorted(rows);
  }
}

TEST(BucketSortTest, SortsLargeBucketsInOrderAndOutOfOrder) {
  std::vector<Row> in_order, nearly;
  for (uint32_t i = 0; i < 10'000; ++i) in_order.emplace_back(uint64_t{i % 50} << 58, i);
  nearly = in_order;
  std::swap(nearly[100], nearly[9'900]);
  std::reverse(nearly.begin() + 5'000, nearly.begin() + 5'100);
  ExpectSorted(in_order);
  ExpectSorted(nearly);
}

}  // namespace
}  // namespace unspin
