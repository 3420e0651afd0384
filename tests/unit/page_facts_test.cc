// What a page says about itself becomes metadata of its article.
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "support/read_page.h"
#include "unspin/ingest/page_facts.h"

namespace unspin {
namespace {

using testing::kNewsPage;
using testing::PageArticle;

TEST(PageFactsTest, MetadataComesFromTheHeadOfThePage) {
  const Article article = PageArticle(kNewsPage);
  EXPECT_EQ(article.title, "Council approves the \xe2\x80\x9cnew\xe2\x80\x9d bridge");
  EXPECT_EQ(article.site, "The Daily");
  EXPECT_EQ(article.url, "https://daily.example/bridge?a=1&b=2");
  EXPECT_EQ(article.published, "2024-03-05T08:00:00Z");
  EXPECT_EQ(article.id, "page.html");
}

TEST(PageFactsTest, MetadataComesFromLesserSourcesIfTheBestIsMissing) {
  const Article article = PageArticle(
      "<title>Site title</title><meta property=og:url content='https://x.example/'><h1>The\n headline</h1>"
      "<time datetime='2020-02-02'>2 Feb</time><p>Some text of the article, enough to be read.</p>");
  EXPECT_EQ(article.title, "The headline");
  EXPECT_EQ(article.url, "https://x.example/");
  EXPECT_EQ(article.published, "2020-02-02");
  EXPECT_EQ(PageArticle("<title>Only\n this</title><p>x</p>").title, "Only this");
}

}  // namespace
}  // namespace unspin
