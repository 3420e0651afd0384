#include "unspin/shingle/shingle.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace unspin {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(ShingleTest, EveryWindowHasOneHash) {
  const std::vector<uint64_t> words = {1, 2, 3, 4, 5};
  EXPECT_THAT(HashShingles(words, 1), SizeIs(5));
  EXPECT_THAT(HashShingles(words, 4), SizeIs(2));
  EXPECT_THAT(HashShingles(words, 5), SizeIs(1));
  EXPECT_THAT(HashShingles(words, 6), IsEmpty());
  EXPECT_THAT(HashShingles(words, 0), IsEmpty());
  EXPECT_THAT(HashShingles({}, 3), IsEmpty());
}

TEST(ShingleTest, EqualWindowsHaveEqualHashes) {
  const std::vector<uint64_t> words = {7, 8, 9, 1, 7, 8, 9};
  const std::vector<uint64_t> hashes = HashShingles(words, 3);
  EXPECT_EQ(hashes[0], hashes[4]);
  EXPECT_NE(hashes[0], hashes[1]);
}

TEST(ShingleTest, OrderAndLengthMatter) {
  EXPECT_NE(HashShingles(std::vector<uint64_t>{1, 2}, 2), HashShingles(std::vector<uint64_t>{2, 1}, 2));
  EXPECT_NE(HashShingles(std::vector<uint64_t>{0}, 1), HashShingles(std::vector<uint64_t>{0, 0}, 2));
}

// The hashes reach the disk inside of sketches: a changed value is a changed scheme.
TEST(ShingleTest, HashesArePinned) {
  EXPECT_EQ(HashShingles(std::vector<uint64_t>{1, 2, 3}, 3)[0], 9190528550779820718u);
}

}  // namespace
}  // namespace unspin
