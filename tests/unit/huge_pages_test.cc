// Vectors with HugePageAllocator behave like other vectors.
#include "unspin/base/huge_pages.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

namespace unspin {
namespace {

using Numbers = std::vector<uint32_t, HugePageAllocator<uint32_t>>;

TEST(HugePagesTest, LargeArraysAreAlignedAndKeepTheirValues) {
  Numbers numbers;
  for (uint32_t i = 0; i < 3'000'000; ++i) numbers.push_back(i);
  EXPECT_EQ(reinterpret_cast<uintptr_t>(numbers.data()) % kHugePageSize, 0u);
  for (uint32_t i = 0; i < numbers.size(); ++i) ASSERT_EQ(numbers[i], i);
  numbers.resize(10);
  numbers.shrink_to_fit();
  EXPECT_EQ(std::accumulate(numbers.begin(), numbers.end(), 0u), 45u);
}

TEST(HugePagesTest, VectorsOfAnySizeCanBeCopiedMovedAndSwapped) {
  constexpr size_t kNumbersOfPage = kHugePageSize / sizeof(uint32_t);
  for (const size_t size : {size_t{1}, kNumbersOfPage - 1, kNumbersOfPage, kNumbersOfPage + 1, 4 * kNumbersOfPage}) {
    Numbers numbers(size, 7), others;
    Numbers copy = numbers;
    others.swap(copy);
    EXPECT_EQ(others, numbers);
    const Numbers moved = std::move(numbers);
    EXPECT_EQ(moved, others);
  }
}

}  // namespace
}  // namespace unspin
