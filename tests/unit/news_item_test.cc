#include "unspin/inputs/news_item.h"

#include <gtest/gtest.h>

namespace unspin {
namespace {

TEST(NewsItemTest, TheFirstOfEqualFactsCounts) {
  NewsItem item;
  item.Add("rights", "");
  item.Add("rights", "a");
  item.Add("rights", "b");
  EXPECT_EQ(item.Fact("rights"), "a");
  EXPECT_EQ(item.Fact("byline"), "");
  EXPECT_EQ(item.facts.size(), 1u);
}

TEST(NewsItemTest, BylineAndCopyrightAreNotices) {
  NewsItem item;
  item.Add("byline", "Ann Writer");
  item.Add("rights", "\u00a9 2026 The Courier");
  EXPECT_EQ(NoticesOf(item), (std::vector<std::string>{"By Ann Writer", "\u00a9 2026 The Courier"}));
}

TEST(NewsItemTest, TermsThatNameNoCopyrightAreNoNotice) {
  NewsItem item;
  item.Add("byline", "BY ANN WRITER");
  item.Add("rights", "See our terms");
  EXPECT_EQ(NoticesOf(item), std::vector<std::string>{"BY ANN WRITER"});
  item.Add("copyrightholder", "The Courier");
  EXPECT_EQ(NoticesOf(item).back(), "Copyright The Courier");
}

}  // namespace
}  // namespace unspin
