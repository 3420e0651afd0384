#include "watch/article_key.h"

#include <gtest/gtest.h>

namespace unspin::watch {
namespace {

TEST(ArticleKeyTest, EveryPartCounts) {
  const ArticleKey key = KeyOf("id", "url", "text");
  EXPECT_EQ(key, KeyOf("id", "url", "text"));
  EXPECT_NE(key, KeyOf("other", "url", "text"));
  EXPECT_NE(key, KeyOf("id", "other", "text"));
  EXPECT_NE(key, KeyOf("id", "url", "other"));
}

TEST(ArticleKeyTest, PartsDoNotRunTogether) {
  EXPECT_NE(KeyOf("ab", "c", ""), KeyOf("a", "bc", ""));
  EXPECT_NE(KeyOf("a\",\"b", "", ""), KeyOf("a", "b", ""));
}

// A report has U+FFFD for what is no UTF-8.
TEST(ArticleKeyTest, BrokenUtf8HasTheKeyOfItsReport) {
  EXPECT_EQ(KeyOf("caf\xe9.txt", "", "x"), KeyOf("caf\xef\xbf\xbd.txt", "", "x"));
}

}  // namespace
}  // namespace unspin::watch
