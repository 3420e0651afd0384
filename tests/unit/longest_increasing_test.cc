#include "unspin/base/longest_increasing.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

namespace unspin {
namespace {

// The reference implementation: quadratic dynamic programming.
size_t LengthByDefinition(const std::vector<uint32_t>& numbers) {
  std::vector<size_t> length(numbers.size(), 1);
  size_t longest = 0;
  for (size_t i = 0; i < numbers.size(); ++i) {
    for (size_t j = 0; j < i; ++j) {
      if (numbers[j] < numbers[i]) length[i] = std::max(length[i], length[j] + 1);
    }
    longest = std::max(longest, length[i]);
  }
  return longest;
}

TEST(LongestIncreasingTest, LengthIsThatOfTheDefinition) {
  std::mt19937 random(5);
  for (int round = 0; round < 200; ++round) {
    std::vector<uint32_t> numbers(random() % 60);
    for (uint32_t& number : numbers) number = random() % (1 + random() % 80);
    IncreasingTails tails(0);
    for (const uint32_t number : numbers) tails.Append(number);
    EXPECT_EQ(tails.length(), LengthByDefinition(numbers)) << "round " << round;
  }
}

TEST(LongestIncreasingTest, MembersAscendInIndexAndNumber) {
  std::mt19937 random(6);
  for (int round = 0; round < 200; ++round) {
    std::vector<uint32_t> numbers(random() % 60);
    for (uint32_t& number : numbers) number = random() % 40;
    const std::vector<uint32_t> indices = LongestIncreasingSubsequence(numbers);
    ASSERT_EQ(indices.size(), LengthByDefinition(numbers)) << "round " << round;
    for (size_t i = 1; i < indices.size(); ++i) {
      EXPECT_LT(indices[i - 1], indices[i]);
      EXPECT_LT(numbers[indices[i - 1]], numbers[indices[i]]);
    }
  }
}

TEST(LongestIncreasingTest, EqualNumbersDoNotIncrease) {
  EXPECT_EQ(LongestIncreasingSubsequence(std::vector<uint32_t>{7, 7, 7}), std::vector<uint32_t>{2});
}

TEST(LongestIncreasingTest, NothingHasNoMembers) { EXPECT_TRUE(LongestIncreasingSubsequence({}).empty()); }

}  // namespace
}  // namespace unspin
