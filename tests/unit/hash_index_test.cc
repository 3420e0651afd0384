#include "unspin/base/hash_index.h"

#include <gtest/gtest.h>

#include <vector>

#include "unspin/base/hash.h"

namespace unspin {
namespace {

TEST(HashIndexTest, GrowingKeepsAllNumbers) {
  std::vector<uint64_t> hashes;
  const auto hash_of = [&](uint32_t number) { return hashes[number]; };
  HashIndex index(4);
  for (uint32_t i = 0; i < 1000; ++i) {
    if (hashes.size() == index.capacity()) index.Grow(i, hash_of);
    ASSERT_EQ(index.FindOrInsert(Mix64(i), i, hash_of), i);
    hashes.push_back(Mix64(i));
  }
  for (uint32_t i = 0; i < 1000; ++i) EXPECT_EQ(index.FindOrInsert(Mix64(i), 1000, hash_of), i);
}

TEST(HashIndexTest, DistinguishesHashesThatShareSlotAndTag) {
  const std::vector<uint64_t> hashes = {0x0000'0001'0000'0001, 0x0000'0001'1000'0001, 0x0000'0002'0000'0001, 0};
  const auto hash_of = [&](uint32_t number) { return hashes[number]; };
  HashIndex index(4);
  for (uint32_t round = 0; round < 2; ++round) {
    for (uint32_t i = 0; i < 4; ++i) EXPECT_EQ(index.FindOrInsert(hashes[i], i, hash_of), i);
  }
}

}  // namespace
}  // namespace unspin
