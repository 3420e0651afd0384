#include "unspin/base/varint.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

namespace unspin {
namespace {

TEST(VarintTest, ReadsEveryNumberThatWasAppended) {
  for (const uint64_t number : {uint64_t{0}, uint64_t{1}, uint64_t{127}, uint64_t{128}, uint64_t{16383},
                                uint64_t{16384}, uint64_t{1} << 63, ~uint64_t{0}}) {
    std::string bytes;
    AppendVarint(bytes, number);
    uint64_t read = 1;
    EXPECT_EQ(ReadVarint(bytes.data(), bytes.data() + bytes.size(), read), bytes.data() + bytes.size());
    EXPECT_EQ(read, number);
    for (size_t size = 0; size < bytes.size(); ++size) {
      EXPECT_EQ(ReadVarint(bytes.data(), bytes.data() + size, read), nullptr);
    }
    EXPECT_EQ(ZigZag(UnZigZag(number)), number);
  }
}

TEST(VarintTest, RefusesNumbersOfMoreThan64Bits) {
  uint64_t read;
  for (const std::string& bytes : {std::string(10, '\xff'), std::string(9, '\xff') + '\x02', std::string(11, '\x80')}) {
    EXPECT_EQ(ReadVarint(bytes.data(), bytes.data() + bytes.size(), read), nullptr);
  }
}

}  // namespace
}  // namespace unspin
