// An article is one line of JSON, with what is known of it and how it was read.
#include "render/article_json.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace unspin {
namespace {

using Json = nlohmann::ordered_json;

std::vector<std::string> Keys(const Json& json) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : json.items()) keys.push_back(key);
  return keys;
}

Article Page() {
  Article article;
  article.id = "page.html";
  article.title = "Tarnholt loses its weir";
  article.url = "https://post.example/weir";
  article.site = "The Valley Post";
  article.published = "2026-09-01";
  article.fetched = "2026-09-02";
  article.text = "One.\n\n\"Two.\"";
  article.reading.format = "html";
  article.reading.charset = "windows-1252";
  article.reading.chosen = "main-text";
  article.reading.words = 2;
  article.reading.page_words = 9;
  article.reading.rest = "comments";
  article.reading.alerts = {{"charset-guessed", 1}, {"mojibake", 4}};
  return article;
}

TEST(ArticleJsonTest, APageHasAllFieldsInTheirOrder) {
  const std::string line = RenderArticle(Page());
  EXPECT_EQ(line.find('\n'), std::string::npos);
  const Json json = Json::parse(line);
  EXPECT_EQ(Keys(json), (std::vector<std::string>{"id", "title", "url", "site", "published", "fetched", "text",
                                                  "format", "charset", "alerts", "read"}));
  EXPECT_EQ(json["text"], "One.\n\n\"Two.\"");
  EXPECT_EQ(json["published"], "2026-09-01");
  EXPECT_EQ(json["alerts"], Json::parse(R"([{"kind":"charset-guessed","count":1},{"kind":"mojibake","count":4}])"));
  EXPECT_EQ(json["read"], Json::parse(R"({"format":"html","charset":"windows-1252","chosen":"main-text","words":2,)"
                                      R"("page_words":9,"rest":"comments"})"));
}

TEST(ArticleJsonTest, WhatTheInputDoesNotGiveIsLeftOut) {
  Article article;
  article.id = "a";
  article.text = "One.";
  EXPECT_EQ(RenderArticle(article), R"({"id":"a","text":"One.","alerts":[]})");
}

TEST(ArticleJsonTest, TextThatIsNoPageHasNoChoice) {
  Article article = Page();
  article.reading.chosen = "";
  const Json json = Json::parse(RenderArticle(article));
  EXPECT_FALSE(json.contains("read"));
  EXPECT_EQ(json["format"], "html");
}

TEST(ArticleJsonTest, AnArticleOfAnArchiveHasItsVersion) {
  EXPECT_EQ(Json::parse(RenderArticle(Page(), 3))["version"], 3);
  EXPECT_FALSE(Json::parse(RenderArticle(Page())).contains("version"));
}

TEST(ArticleJsonTest, BrokenUtf8BecomesValid) {
  Article article;
  article.id = "a\xff";
  article.text = "b\xc3";
  const Json json = Json::parse(RenderArticle(article));
  EXPECT_EQ(json["id"], "a\uFFFD");
  EXPECT_EQ(json["text"], "b\uFFFD");
}

}  // namespace
}  // namespace unspin
