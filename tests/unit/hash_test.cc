#include "unspin/base/hash.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace unspin {
namespace {

// Values reach the disk: a changed value is a changed format.
TEST(HashTest, ValuesArePinned) {
  EXPECT_EQ(Hash64(""), 0x2d06800538d394c2u);  // XXH3_64bits of nothing, as xxhash publishes it
  EXPECT_EQ(Mix64(0), 0xe220a8397b1dcdafu);    // the first number of SplitMix64 with seed 0
  const Hash128Value empty = Hash128("");
  EXPECT_EQ(empty.high, 0x99aa06d3014798d8u);
  EXPECT_EQ(empty.low, 0x6001c324468d497fu);
  EXPECT_NE(Hash64("text", 1), Hash64("text"));
}

TEST(StreamingHash64Test, EqualsHash64HoweverTheBytesAreCut) {
  std::string bytes;
  for (int i = 0; i < 5000; ++i) bytes += static_cast<char>(Mix64(static_cast<uint64_t>(i)));
  for (const size_t chunk : {1u, 7u, 64u, 999u, 5000u}) {
    StreamingHash64 hash;
    for (size_t begin = 0; begin < bytes.size(); begin += chunk)
      hash.Update(std::string_view(bytes).substr(begin, chunk));
    EXPECT_EQ(hash.Digest(), Hash64(bytes)) << chunk;
    hash.Reset();
    EXPECT_EQ(hash.Digest(), Hash64(""));
    StreamingHash64 moved = std::move(hash);
    moved.Update("text");
    EXPECT_EQ(moved.Digest(), Hash64("text"));
  }
}

}  // namespace
}  // namespace unspin
