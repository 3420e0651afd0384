#include "unspin/page/page_marks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/read_page.h"

namespace unspin {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::PageArticle;

constexpr char kStory[] =
    "<article><h1>Ferry sails</h1><p>Some text of the article, long enough to be read, and with a comma or "
    "two in it.</p></article>";

// "canonical https://…"
std::vector<std::string> MarksOn(const std::string& head, const std::string& body = "") {
  const Article article = PageArticle("<html><head>" + head + "</head><body>" + kStory + body + "</body></html>");
  std::vector<std::string> marks;
  for (const PageMark& mark : article.marks) {
    marks.push_back(mark.kind + " " + mark.value);
    EXPECT_EQ(mark.original, "");
  }
  return marks;
}

std::string LinkedData(const std::string& properties) {
  return R"(<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Ferry sails", )" + properties +
         "}</script>";
}

TEST(PageMarksTest, LinksAndMetaElementsOfTheHead) {
  EXPECT_THAT(
      MarksOn("<link rel=Canonical href=' https://a.example/x?a=1&amp;b=2 '>"
              "<meta name=syndication-source content=https://b.example/y>"
              "<meta name=Original-Source content='https://c.example/z'>"
              "<meta name=Googlebot-News content='NOINDEX, follow'><link rel=license href=https://l.example/>"),
      ElementsAre("canonical https://a.example/x?a=1&b=2", "syndication-source https://b.example/y",
                  "original-source https://c.example/z", "googlebot-news noindex", "license https://l.example/"));
  EXPECT_THAT(MarksOn("<link rel=canonical href=/x><meta name=googlebot-news content=index>"
                      "<meta name=syndication-source content=''>"),
              IsEmpty());
}

TEST(PageMarksTest, TheAddressOfOpenGraphIsTheCanonicalOneToo) {
  EXPECT_THAT(MarksOn("<meta property=OG:url content=' https://a.example/x '>"),
              ElementsAre("canonical https://a.example/x"));
  EXPECT_THAT(MarksOn("<meta name=x property=og:url content=https://a.example/x>"),
              ElementsAre("canonical https://a.example/x"));
  EXPECT_THAT(MarksOn("<link rel=canonical href=https://a.example/x><meta property=og:url content=https://a.example/x>"
                      "<meta property=og:url content=/y>"),
              ElementsAre("canonical https://a.example/x"));
}

TEST(PageMarksTest, PropertiesOfThePagesOwnArticle) {
  EXPECT_THAT(
      MarksOn(LinkedData(R"("isBasedOn": ["https://a.example/1", {"@id": "https://a.example/2"},
                {"name": "A story", "url": "https://a.example/3"}], "creditText": "Harbour\n Post",
                "copyrightHolder": {"@type": "Organization", "name": "Harbour Post"}, "license": "https://l.example/",
                "usageInfo": {"url": "https://u.example/"}, "acquireLicensePage": "https://q.example/",
                "provider": [{"name": "Agency"}], "sourceOrganization": 7, "copyrightNotice": "(c) HP")")),
      ElementsAre("is-based-on https://a.example/1", "is-based-on https://a.example/2",
                  "is-based-on https://a.example/3", "credit-text Harbour Post", "copyright-holder Harbour Post",
                  "copyright-notice (c) HP", "license https://l.example/", "usage-info https://u.example/",
                  "acquire-license-page https://q.example/", "provider Agency"));
}

TEST(PageMarksTest, PicturesAndOtherStoriesHaveNoMarksOfTheArticle) {
  EXPECT_THAT(MarksOn(LinkedData(R"("image": {"@type": "ImageObject", "creditText": "Agency", "license":
                "https://l.example/"}, "hasPart": [{"@type": "Article", "headline": "x", "creditText": "Other"}])")),
              IsEmpty());
}

TEST(PageMarksTest, TheSitesOwnNameIsNoMark) {
  EXPECT_THAT(MarksOn("<meta property=og:site_name content='The Daily'>" +
                      LinkedData(R"("provider": {"name": "The  daily"}, "creditText": "The Daily")")),
              ElementsAre("credit-text The Daily"));
}

TEST(PageMarksTest, LinksToOtherHostsEachOnce) {
  EXPECT_THAT(MarksOn("<link rel=canonical href=https://www.a.example/x>",
                      "<a href=https://a.example/y>own</a><a href=/z>own</a><a HREF=' https://b.example/?a=1&amp;b=2'>b"
                      "</a><a href='https://b.example/?a=1&amp;b=2'>b</a><a href=mailto:x@b.example>m</a><a>none</a>"),
              ElementsAre("canonical https://www.a.example/x", "link https://b.example/?a=1&b=2"));
}

TEST(PageMarksTest, ManyAndLongMarksAreCutOff) {
  std::string head, body;
  for (int i = 0; i < 1000; ++i) {
    head += "<meta name=original-source content=https://a.example/" + std::to_string(i) + ">";
    body += "<a href=https://b.example/" + std::to_string(i) + ">x</a>";
  }
  EXPECT_EQ(MarksOn(head, body).size(), kMaxPageMarks + kMaxPageLinks);
  std::vector<PageMark> marks;
  AddPageMark("credit-text", std::string(kMaxPageMarkBytes - 1, 'x') + "é", marks);
  AddPageMark("credit-text", " \n", marks);
  ASSERT_EQ(marks.size(), 1u);
  EXPECT_EQ(marks[0].value, std::string(kMaxPageMarkBytes - 1, 'x'));
}

}  // namespace
}  // namespace unspin
