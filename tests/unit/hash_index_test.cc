// What is remembered: numbers of hashes, and what was used of late.
#include <gtest/gtest.h>

#include <memory>
#include <vector>

#include "unspin/base/hash.h"
#include "unspin/base/hash_index.h"
#include "unspin/base/two_generation_cache.h"

namespace unspin {
namespace {

TEST(HashIndexTest, EachHashKeepsItsNumberWhileTheTableGrows) {
  std::vector<uint64_t> hashes;
  const auto hash_of = [&](uint32_t number) { return hashes[number]; };
  HashIndex places(4);
  for (uint32_t i = 0; i < 1000; ++i) {
    if (hashes.size() == places.room()) places.Grow(i, hash_of);
    ASSERT_EQ(places.FindOrInsert(Mix64(i), i, hash_of), i);
    hashes.push_back(Mix64(i));
  }
  for (uint32_t i = 0; i < 1000; ++i) EXPECT_EQ(places.FindOrInsert(Mix64(i), 1000, hash_of), i);
}

TEST(HashIndexTest, HashesAreToldApartByAllTheirBits) {
  const std::vector<uint64_t> hashes = {0x0000'0001'0000'0001, 0x0000'0001'1000'0001, 0x0000'0002'0000'0001, 0};
  const auto hash_of = [&](uint32_t number) { return hashes[number]; };
  HashIndex places(4);
  for (uint32_t round = 0; round < 2; ++round) {
    for (uint32_t i = 0; i < 4; ++i) EXPECT_EQ(places.FindOrInsert(hashes[i], i, hash_of), i);
  }
}

TEST(RecentTest, WhatWasNotAskedForIsForgotten) {
  TwoGenerationCache<int, const int> recent(10);
  for (int key = 0; key < 3; ++key) recent.Add(key, std::make_shared<const int>(key * 100), 6);
  EXPECT_EQ(*recent.Find(0), 0);  // old, and young again
  EXPECT_EQ(recent.Find(7), nullptr);
  recent.Add(3, std::make_shared<const int>(300), 6);
  EXPECT_NE(recent.Find(0), nullptr);
  EXPECT_EQ(recent.Find(1), nullptr);
  EXPECT_EQ(*recent.Find(3), 300);
}

}  // namespace
}  // namespace unspin
