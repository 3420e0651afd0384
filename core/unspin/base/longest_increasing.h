// The longest strictly increasing subsequence of numbers, by patience sorting (Fredman, Discrete Mathematics 1975).
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace unspin {

// Takes numbers one by one. O(log n) for each; O(1) for a number above all others.
class IncreasingTails {
 public:
  // For at most `max_length` numbers without another allocation.
  explicit IncreasingTails(size_t max_length) { tails_.reserve(max_length); }

  // Returns how many numbers precede this one in the longest increasing subsequence that ends with it.
  size_t Append(uint32_t number) {
    // The common case where the numbers are nearly sorted.
    if (tails_.empty() || tails_.back() < number) {
      tails_.push_back(number);
      return tails_.size() - 1;
    }
    const auto tail = std::lower_bound(tails_.begin(), tails_.end(), number);
    *tail = number;
    return static_cast<size_t>(tail - tails_.begin());
  }

  // Of the longest increasing subsequence.
  size_t length() const { return tails_.size(); }

 private:
  std::vector<uint32_t> tails_;  // [k]: the smallest number that ends an increasing subsequence of k + 1 numbers
};

// The ascending indices of one longest strictly increasing subsequence.
inline std::vector<uint32_t> LongestIncreasingSubsequence(std::span<const uint32_t> numbers) {
  IncreasingTails tails(numbers.size());
  std::vector<uint32_t> index_of_tail, predecessor(numbers.size());
  for (uint32_t i = 0; i < numbers.size(); ++i) {
    const size_t rank = tails.Append(numbers[i]);
    predecessor[i] = rank > 0 ? index_of_tail[rank - 1] : 0;
    if (rank == index_of_tail.size()) index_of_tail.push_back(i);
    index_of_tail[rank] = i;
  }
  std::vector<uint32_t> indices(tails.length());
  for (size_t rank = indices.size(); rank-- > 0;)
    indices[rank] = rank + 1 == indices.size() ? index_of_tail.back() : predecessor[indices[rank + 1]];
  return indices;
}

}  // namespace unspin
