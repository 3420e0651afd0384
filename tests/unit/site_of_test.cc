#include "unspin/report/site_of.h"

#include <gtest/gtest.h>

namespace unspin {
namespace {

TEST(SiteOfTest, TheHostStandsBetweenSchemeAndPath) {
  EXPECT_EQ(HostOf("https://post.example/2026/weir.html"), "post.example");
  EXPECT_EQ(HostOf("https://Sport.Post.example"), "sport.post.example");
  EXPECT_EQ(HostOf("//post.example?page=2"), "post.example");
  EXPECT_EQ(HostOf("http://post.example#top"), "post.example");
  EXPECT_EQ(HostOf("http://post.example\\a"), "post.example");
}

TEST(SiteOfTest, UserPortAndWwwAreNoPartOfTheHost) {
  EXPECT_EQ(HostOf("http://reader:secret@www.post.example:8080/a@b"), "post.example");
  EXPECT_EQ(HostOf("http://post.example./a"), "post.example");
  EXPECT_EQ(HostOf("http://[2001:db8::1]:80/a"), "[2001:db8::1]");
}

TEST(SiteOfTest, AnAddressWithoutAHostNamesNoSite) {
  for (const char* url : {"", "weir.html", "/2026/weir.html", "urn:newsml:post.example:2026", "file:///home/a.html",
                          "a/b?from=http://post.example/", "http://", "http://@"})
    EXPECT_EQ(HostOf(url), "") << url;
  EXPECT_EQ(HostOf("www.post.example/weir"), "post.example");
}

TEST(SiteOfTest, AGivenSiteComesBeforeTheAddress) {
  ArticleCard card;
  EXPECT_EQ(SiteOf(card), "");
  card.url = "https://www.post.example/weir";
  EXPECT_EQ(SiteOf(card), "post.example");
  card.site = " ";
  EXPECT_EQ(SiteOf(card), "post.example");
  card.site = "The Valley Post";
  EXPECT_EQ(SiteOf(card), "The Valley Post");
}

}  // namespace
}  // namespace unspin
