#include "server/utc_time.h"

#include <gtest/gtest.h>

namespace unspin::server {
namespace {

TEST(UtcTimeTest, WritesMilliseconds) {
  EXPECT_EQ(UtcTime(0), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(UtcTime(1'709'208'000'007), "2024-02-29T12:00:00.007Z");
  EXPECT_EQ(UtcTime(-1), "1969-12-31T23:59:59.999Z");
}

TEST(UtcTimeTest, LaterTimesSortBehindEarlierOnes) {
  for (int64_t time = 0; time < 4'000'000'000'000; time += 86'399'999'000) {
    EXPECT_LT(UtcTime(time), UtcTime(time + 1));
  }
}

}  // namespace
}  // namespace unspin::server
