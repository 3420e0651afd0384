#include "unspin/report/same_address.h"

#include <gtest/gtest.h>

namespace unspin {
namespace {

TEST(SameAddressTest, SpellingsOfOnePageAreEqual) {
  for (const char* spelling : {"http://news.example/a", "https://www.News.example/a/", "//news.example/a#top",
                               "news.example/a?utm_source=x", "https://news.example/a?utm_a=1&utm_b=2"}) {
    EXPECT_TRUE(IsSameAddress(spelling, "https://news.example/a")) << spelling;
  }
  EXPECT_TRUE(IsSameAddress("https://news.example/?id=7&utm_x=1&p=2", "https://news.example?id=7&p=2"));
}

TEST(SameAddressTest, OtherPagesDiffer) {
  for (const char* other : {"https://news.example/b", "https://news.example/A", "https://news.example/a?id=7",
                            "https://sport.news.example/a", "https://news.example"}) {
    EXPECT_FALSE(IsSameAddress(other, "https://news.example/a")) << other;
  }
}

TEST(SameAddressTest, NoAddressIsNoPages) {
  EXPECT_FALSE(IsSameAddress("", ""));
  EXPECT_FALSE(IsSameAddress("", "https://news.example/a"));
}

}  // namespace
}  // namespace unspin
