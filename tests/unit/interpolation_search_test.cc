#include "unspin/index/interpolation_search.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

namespace unspin {
namespace {

// Sorted arrays: uniform hashes, equal numbers, numbers at both ends, and powers of two.
template <typename Key>
std::vector<std::vector<Key>> MakeArrays() {
  std::mt19937_64 random(3);
  std::vector<std::vector<Key>> arrays = {{5}, std::vector<Key>(100, 7)};
  for (const size_t size : {2u, 3u, 17u, 1000u, 40'000u}) {
    std::vector<Key>& uniform = arrays.emplace_back(size);
    for (Key& key : uniform) key = static_cast<Key>(random());
    std::vector<Key>& ends = arrays.emplace_back();
    for (size_t i = 0; i < size; ++i) ends.push_back(static_cast<Key>(i % 2 == 0 ? i : ~Key{0} - i));
    std::sort(uniform.begin(), uniform.end());
    std::sort(ends.begin(), ends.end());
  }
  std::vector<Key>& powers = arrays.emplace_back();
  for (unsigned bit = 0; bit < 8 * sizeof(Key); ++bit) powers.push_back(Key{1} << bit);
  return arrays;
}

template <typename Key>
void ExpectLowerBounds() {
  std::mt19937_64 random(4);
  for (const std::vector<Key>& array : MakeArrays<Key>()) {
    const InterpolationSearch<Key> search(BytesOf(array), array.size());
    std::vector<Key> keys = {0, 1, static_cast<Key>(~Key{0})};
    for (int i = 0; i < 200; ++i) {
      keys.push_back(static_cast<Key>(random()));
      keys.push_back(static_cast<Key>(array[random() % array.size()] + random() % 3 - 1));
    }
    std::vector<size_t> positions(keys.size());
    FindLowerBounds<Key>(keys, [&](size_t) { return search; }, positions);
    for (size_t i = 0; i < keys.size(); ++i) {
      const auto expected = std::lower_bound(array.begin(), array.end(), keys[i]) - array.begin();
      ASSERT_EQ(positions[i], static_cast<size_t>(expected)) << keys[i] << " among " << array.size();
      ASSERT_EQ(search.LowerBound(keys[i], random() % array.size()), static_cast<size_t>(expected)) << "any estimate";
    }
  }
}

TEST(InterpolationSearchTest, FindsTheLowerBoundOfStd) {
  ExpectLowerBounds<uint32_t>();
  ExpectLowerBounds<uint64_t>();
}

}  // namespace
}  // namespace unspin
