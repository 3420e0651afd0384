#include "server/packed_bytes.h"

#include <gtest/gtest.h>

#include <string>

namespace unspin::server {
namespace {

TEST(PackedBytesTest, GivesBackAnyBytes) {
  for (const std::string& bytes :
       {std::string(), std::string("a"), std::string("\0\xff\xfe", 3), std::string(10'000'000, 'x')}) {
    const absl::StatusOr<std::string> back = UnpackBytes(PackBytes(bytes));
    ASSERT_TRUE(back.ok()) << back.status();
    EXPECT_EQ(*back, bytes);
  }
}

TEST(PackedBytesTest, SeesEveryFlippedBit) {
  const std::string packed = PackBytes("The cranes of the harbour stand still.");
  for (size_t bit = 0; bit < packed.size() * 8; ++bit) {
    std::string damaged = packed;
    damaged[bit / 8] ^= static_cast<char>(1 << (bit % 8));
    const absl::StatusOr<std::string> back = UnpackBytes(damaged);
    EXPECT_FALSE(back.ok() && *back != "The cranes of the harbour stand still.") << bit;
  }
}

TEST(PackedBytesTest, SeesATruncatedFrame) {
  const std::string packed = PackBytes("The cranes of the harbour stand still.");
  for (size_t size = 0; size < packed.size(); ++size) EXPECT_FALSE(UnpackBytes(packed.substr(0, size)).ok()) << size;
}

TEST(PackedBytesTest, DoesNotBelieveAHugeSize) {
  // A frame header that names 2^62 bytes.
  const std::string packed("\x28\xb5\x2f\xfd\xe0\0\0\0\0\0\0\0\x40", 13);
  EXPECT_EQ(UnpackBytes(packed).status().code(), absl::StatusCode::kDataLoss);
}

}  // namespace
}  // namespace unspin::server
