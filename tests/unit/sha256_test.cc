#include "unspin/base/sha256.h"

#include <gtest/gtest.h>

#include <string>

namespace unspin {
namespace {

// FIPS 180-4, of the letters.
constexpr char kAbc[] = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

TEST(Sha256Test, IsTheDigestOfTheStandard) {
  EXPECT_EQ(Sha256Hex("abc"), kAbc);
  EXPECT_EQ(Sha256Hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Sha256Test, PiecesHaveTheDigestOfTheWhole) {
  Sha256 pieces;
  pieces.Add("a");
  pieces.Add("");
  pieces.Add("bc");
  EXPECT_EQ(pieces.Hex(), kAbc);
  EXPECT_EQ(Sha256().Hex(), Sha256Hex(""));
}

}  // namespace
}  // namespace unspin
