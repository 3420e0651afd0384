#include "watch/stop_flag.h"

#include <gtest/gtest.h>
#include <poll.h>

#include <thread>

namespace unspin::watch {
namespace {

TEST(StopFlagTest, WakesWhoeverPolls) {
  StopFlag stop;
  pollfd wait{stop.descriptor(), POLLIN, 0};
  EXPECT_EQ(poll(&wait, 1, 0), 0);
  std::thread other([&] { stop.Raise(); });
  EXPECT_EQ(poll(&wait, 1, -1), 1);
  other.join();
  EXPECT_TRUE(stop.is_raised());
}

TEST(StopFlagTest, StaysRaised) {
  StopFlag stop;
  stop.Raise();
  stop.Raise();
  pollfd wait{stop.descriptor(), POLLIN, 0};
  for (int i = 0; i < 3; ++i) EXPECT_EQ(poll(&wait, 1, 0), 1);
}

}  // namespace
}  // namespace unspin::watch
