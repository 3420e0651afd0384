#include "unspin/page/linked_data.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace unspin {
namespace {

LinkedData Read(std::string_view script) {
  LinkedData data;
  ReadLinkedData(script, data);
  return data;
}

std::string OwnDate(std::string_view script, std::string_view url = "https://daily.example/bridge",
                    const std::vector<std::string>& titles = {"Bridge opens at last | The Daily"}) {
  const LinkedData data = Read(script);
  const LinkedArticle* own = OwnArticle(data, url, titles);
  return own == nullptr ? std::string() : own->published;
}

TEST(LinkedDataTest, TheArticleOfAGraphIsFound) {
  EXPECT_EQ(OwnDate(R"({"@graph": [{"@type": "WebSite", "datePublished": "2011-01-01", "headline": "x"},
                        {"@type": ["NewsArticle"], "headline": "Bridge opens at last",
                         "datePublished": "2026-09-01"}]})"),
            "2026-09-01");
}

TEST(LinkedDataTest, StoriesOfAListAreNotThisOne) {
  constexpr std::string_view kList = R"([{"@type": "ItemList", "itemListElement": [
      {"@type": "NewsArticle", "headline": "Mill for sale", "datePublished": "2020-05-05"}]})";
  EXPECT_EQ(OwnDate(std::string(kList) + "]"), "");
  EXPECT_EQ(
      OwnDate(std::string(kList) + R"(, {"@type": "NewsArticle", "headline": "?", "datePublished": "2026-09-01"}])"),
      "2026-09-01");
}

TEST(LinkedDataTest, WorksThatAnArticleNamesDateNothing) {
  for (const char* key : {"mentions", "isBasedOn", "citation", "comment", "author", "image", "video", "about",
                          "isPartOf", "associatedMedia", "correction", "publisher"}) {
    const std::string named = std::string(R"({"@type": "NewsArticle", "headline": "Bridge opens at last", ")") + key +
                              R"(": [{"@type": "NewsArticle", "headline": "Bridge opens at last",
                              "datePublished": "2020-05-05"}])";
    EXPECT_EQ(OwnDate(named + "}"), "") << key;
    EXPECT_EQ(OwnDate(named + R"(, "datePublished": "2026-09-01"})"), "2026-09-01") << key;
  }
  EXPECT_EQ(OwnDate(R"({"@type": "WebPage", "mainEntity": {"@type": "Article", "datePublished": "2026-09-01"}})"),
            "2026-09-01");
}

TEST(LinkedDataTest, OtherTypesAreNoArticles) {
  for (const char* type : {"Comment", "WebSite", "Organization", "Event", "Product", "VideoObject", "ImageObject",
                           "Book", "ItemList", "Person"}) {
    const std::string fields = std::string("{\"@type\": \"") + type + "\", \"datePublished\": \"2026-09-20\"";
    EXPECT_TRUE(Read(fields + "}").articles.empty()) << type;
    EXPECT_EQ(Read(fields + ",,}").broken_published, "") << type;
  }
}

TEST(LinkedDataTest, AnotherArticleDatesNothingWhereThePagesOwnHasNoDate) {
  EXPECT_EQ(OwnDate(R"([{"@type": "NewsArticle", "headline": "Bridge opens at last"},
                        {"@type": "NewsArticle", "headline": "Mill for sale", "datePublished": "2020-05-05"}])"),
            "");
}

TEST(LinkedDataTest, AddressAndHeadlineDecideBetweenArticles) {
  constexpr std::string_view kTwo =
      R"([
      {"@type": "Article", "headline": "Mill for sale at the river", "datePublished": "2020-05-05"},
      {"@type": "Article", "headline": "?", "mainEntityOfPage": {"@id": "https://www.daily.example/bridge/"},
       "datePublished": "2026-09-01"}])";
  EXPECT_EQ(OwnDate(kTwo), "2026-09-01");
  EXPECT_EQ(OwnDate(kTwo, "", {"Mill for sale at the river - The Daily"}), "2020-05-05");
  EXPECT_EQ(OwnDate(kTwo, "", {"Another title"}), "") << "two days and nothing to tell them apart";
}

TEST(LinkedDataTest, LineBreaksInStringsAreTolerated) {
  EXPECT_EQ(OwnDate("{\"@type\": \"Article\", \"headline\": \"a\nb\", \"datePublished\": \"2026-09-01\"}"),
            "2026-09-01");
  EXPECT_EQ(Read(R"({"@type": "Article",, "datePublished": "2026-09-01"})").broken_published, "2026-09-01");
}

TEST(LinkedDataTest, TheBodyLosesItsMarkup) {
  const LinkedData data = Read(R"({"@type": "NewsArticle", "articleBody": "<p>One.</p><p>Two &amp; three.</p>"})");
  EXPECT_EQ(BodyOf(data, nullptr), "One.\nTwo & three.");
  EXPECT_EQ(BodyOf({}, nullptr), "");
}

TEST(LinkedDataTest, ThePublisherNamesTheSite) {
  EXPECT_EQ(Read(R"({"@type": "NewsArticle", "publisher": {"@type": "Organization", "name": "The Daily"}})").site,
            "The Daily");
}

TEST(LinkedDataTest, AnyBytesAreRead) {
  for (const char* script : {"", "{", "}{", "[[[[", "null", "{\"@type\": 7}", "[1, \"x\", {\"@type\": [1]}]"})
    EXPECT_TRUE(Read(script).articles.empty()) << script;
}

}  // namespace
}  // namespace unspin
