// What a page says about itself becomes metadata of its article.
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "support/read_page.h"
#include "unspin/page/page_facts.h"

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

constexpr char kStory[] = "<p>Some text of the article, long enough to be read, and with a comma or two in it.</p>";

std::string PublishedOn(const std::string& head, const std::string& body) {
  return PageArticle("<html><head>" + head + "</head><body><article><h1>Bridge opens at last</h1>" + body + kStory +
                     "</article></body></html>")
      .published;
}

TEST(PageFactsTest, ADateIsIsoWithThePagesOwnOffset) {
  EXPECT_EQ(PublishedOn("<meta property=article:published_time content='Tue, 01 Sep 2026 10:15:00 +0200'>", ""),
            "2026-09-01T10:15:00+02:00");
  EXPECT_EQ(PublishedOn("<meta name=parsely-pub-date content='2026-09-01'>", ""), "2026-09-01");
  EXPECT_EQ(PublishedOn("<meta name=date content='yesterday'>", ""), "");
}

TEST(PageFactsTest, ModificationsTeasersAndCommentsDateNothing) {
  EXPECT_EQ(PublishedOn("<meta property=article:modified_time content='2026-09-09'>",
                        "<div class=related><time datetime=2019-01-01>then</time></div>"
                        "<p class=updated>Updated 9 September 2026</p>"),
            "");
  EXPECT_EQ(PublishedOn(R"(<script type="application/ld+json">[{"@type": "ItemList", "itemListElement": [
              {"@type": "Article", "headline": "Mill", "datePublished": "2020-05-05"}]}]</script>)",
                        "<time class=published datetime=2026-09-01>1 September</time>"),
            "2026-09-01");
}

TEST(PageFactsTest, MicrodataOfThisArticleDatesIt) {
  EXPECT_EQ(PublishedOn("", "<span itemprop=datePublished content=2026-09-01>today</span>"), "2026-09-01");
  EXPECT_EQ(PageArticle(std::string("<article><h2>Mill</h2><time itemprop=datePublished datetime=2019-01-01></time>"
                                    "</article><article><h1>Bridge opens at last</h1>"
                                    "<time itemprop=datePublished datetime=2026-09-01></time>") +
                        kStory + "</article>")
                .published,
            "2026-09-01");
}

TEST(PageFactsTest, TheLanguageOfThePageReadsItsNumbers) {
  const std::string page = std::string("><h1>Bridge opens at last</h1><p>03/04/2026</p>") + kStory;
  EXPECT_EQ(PageArticle("<html lang=en" + page).published, "");
  EXPECT_EQ(PageArticle("<html lang=en-US" + page).published, "2026-03-04");
  EXPECT_EQ(PageArticle("<html lang=fr" + page).published, "2026-04-03");
}

TEST(PageFactsTest, TheAddressAndTheScriptsDateAPageAtLast) {
  EXPECT_EQ(PublishedOn("<link rel=canonical href='https://x.example/2026/09/01/bridge'>", ""), "2026-09-01");
  EXPECT_EQ(PublishedOn("<script>state = {\"publishedAt\": \"2026-09-01T10:00:00Z\"}</script>", ""),
            "2026-09-01T10:00:00Z");
}

TEST(PageFactsTest, HostilePagesTakeTimeInProportion) {
  std::string html = "<meta property=og:title content='" + std::string(100'000, 'b') + "'>";
  for (int i = 0; i < 50'000; ++i) html += "<span itemprop=datePublished><h1>";
  for (int i = 0; i < 20'000; ++i) html += "<h2>b</h2>a b c d e";
  const HtmlPage page = ParseHtml(html);
  EXPECT_EQ(FindPageFacts(page).published, "");
}

TEST(PageFactsTest, ThePublisherNamesTheSiteWhereOpenGraphDoesNot) {
  EXPECT_EQ(PageArticle(std::string(R"(<script type="application/ld+json">{"@type": "NewsArticle", "publisher":
                {"name": "The Daily"}}</script><h1>Bridge</h1>)") +
                        kStory)
                .site,
            "The Daily");
}

}  // namespace
}  // namespace unspin
