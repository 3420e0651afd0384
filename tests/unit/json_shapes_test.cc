#include "unspin/inputs/json_shapes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include <simdjson.h>

namespace unspin {
namespace {

std::optional<JsonShape> Shape(const std::string& json, bool of_feed = false) {
  simdjson::dom::parser parser;
  simdjson::dom::element value;
  EXPECT_EQ(parser.parse(json).get(value), simdjson::SUCCESS) << json;
  return FindJsonShape(value, of_feed);
}

std::string Fact(const JsonShape& shape, std::string_view name) {
  const auto found =
      std::find_if(shape.facts.begin(), shape.facts.end(), [&](const auto& fact) { return fact.first == name; });
  return found == shape.facts.end() ? "none" : found->second;
}

std::string Words(size_t bytes) {
  std::string text;
  while (text.size() < bytes) text += "word ";
  return text;
}

TEST(JsonShapesTest, NinjsOfVersionOne) {
  const auto shape = Shape(R"({"uri": "urn:x:1", "type": "text", "pubstatus": "usable", "version": 2,
      "versioncreated": "2026-01-02T00:00:00Z", "firstcreated": "2026-01-01T00:00:00Z", "headline": "H",
      "body_text": "plain", "body_xhtml": "<p>rich</p>", "copyrightholder": "C", "copyrightnotice": "N",
      "usageterms": "U", "embargoed": "2026-02-01", "byline": "B"})");
  ASSERT_TRUE(shape);
  EXPECT_EQ(shape->format, "ninjs");
  EXPECT_EQ(shape->text, "<p>rich</p>");
  EXPECT_TRUE(shape->is_html);
  EXPECT_EQ(shape->id, "urn:x:1");
  EXPECT_EQ(shape->title, "H");
  EXPECT_EQ(shape->published, "2026-01-01T00:00:00Z");
  EXPECT_EQ(Fact(*shape, "version"), "2");
  EXPECT_EQ(Fact(*shape, "versioncreated"), "\"2026-01-02T00:00:00Z\"");
  EXPECT_EQ(Fact(*shape, "pubstatus"), "\"usable\"");
  EXPECT_EQ(Fact(*shape, "copyrightholder"), "\"C\"");
  EXPECT_EQ(Fact(*shape, "copyrightnotice"), "\"N\"");
  EXPECT_EQ(Fact(*shape, "usageterms"), "\"U\"");
  EXPECT_EQ(Fact(*shape, "embargoed"), "\"2026-02-01\"");
  EXPECT_EQ(Fact(*shape, "byline"), "\"B\"");
}

TEST(JsonShapesTest, NinjsOfVersionThree) {
  const auto shape = Shape(R"({"uri": "u", "pubStatus": "usable", "versionCreated": "2026-01-02", "version": "1",
      "headlines": [{"role": "main", "value": "H"}], "copyrightNotice": "N",
      "bodies": [{"role": "summary", "contentType": "text/html", "value": "<p>short</p>"},
                 {"role": "main", "contentType": "text/plain", "value": "plain"},
                 {"role": "main", "contentType": "application/xhtml+xml", "value": "<p>rich</p>"}]})");
  ASSERT_TRUE(shape);
  EXPECT_EQ(shape->text, "<p>rich</p>");
  EXPECT_TRUE(shape->is_html);
  EXPECT_EQ(shape->title, "H");
  EXPECT_EQ(shape->published, "2026-01-02") << "the first version";
  EXPECT_EQ(Fact(*shape, "pubstatus"), "\"usable\"");
  EXPECT_EQ(Fact(*shape, "copyrightnotice"), "\"N\"");
}

TEST(JsonShapesTest, ALaterVersionOfNinjsIsNotDatedByItself) {
  EXPECT_EQ(Shape(R"({"uri": "u", "versioncreated": "2026-01-02", "version": "4", "body_text": "x"})")->published, "");
}

TEST(JsonShapesTest, NinjsWithoutATextSaysWhatItIs) {
  EXPECT_EQ(Shape(R"({"uri": "u", "versioncreated": "x", "type": "picture"})")->kind_without_text, "pictures");
  EXPECT_EQ(Shape(R"({"uri": "u", "pubstatus": "canceled"})")->kind_without_text, "canceled items without a text");
  EXPECT_EQ(Shape(R"({"uri": "u", "pubStatus": "stat:withheld"})")->kind_without_text, "withheld items without a text");
  EXPECT_EQ(Shape(R"({"uri": "u", "pubstatus": "usable", "description_text": "d"})")->kind_without_text,
            "teasers without a text");
}

TEST(JsonShapesTest, FeedItemsPreferTheirMarkup) {
  const auto shape = Shape(R"({"id": 7, "url": "u", "title": "T", "content_html": "<p>x</p>", "content_text": "x",
      "date_published": "2026-01-02", "authors": [{"name": "A"}]})");
  ASSERT_TRUE(shape);
  EXPECT_EQ(shape->format, "json-feed");
  EXPECT_EQ(shape->text, "<p>x</p>");
  EXPECT_TRUE(shape->is_html);
  EXPECT_EQ(shape->id, "7");
  EXPECT_EQ(shape->url, "u");
  EXPECT_EQ(shape->published, "2026-01-02");
  EXPECT_EQ(Fact(*shape, "authors"), R"([{"name":"A"}])");
}

TEST(JsonShapesTest, FeedItemsWithASummaryOnlyAreTeasers) {
  const auto shape = Shape(R"({"id": "1", "summary": "short"})", true);
  ASSERT_TRUE(shape);
  EXPECT_EQ(shape->text, "");
  EXPECT_EQ(shape->kind_without_text, "teasers without a text");
}

TEST(JsonShapesTest, FeedsAreKnownByTheirVersion) {
  EXPECT_TRUE(IsJsonFeed(R"({"version": "https://jsonfeed.org/version/1.1", "items": [)"));
  EXPECT_TRUE(IsJsonFeed(R"({"authors": [{}], "version":"https:\/\/jsonfeed.org\/version\/1", "items": [)"));
  EXPECT_FALSE(IsJsonFeed(R"({"text": "https://jsonfeed.org/version/1", "version": "2"})"));
  EXPECT_FALSE(IsJsonFeed(R"([{"version": "https://jsonfeed.org/version/1"}])"));
}

TEST(JsonShapesTest, LinkedDataAndPosts) {
  const auto linked = Shape(R"({"@type": "NewsArticle", "articleBody": "x", "headline": "H", "datePublished": "2026",
      "publisher": {"name": "P"}, "mainEntityOfPage": {"@id": "u"}})");
  ASSERT_TRUE(linked);
  EXPECT_EQ(linked->text, "x");
  EXPECT_EQ(linked->url, "u");
  EXPECT_EQ(linked->site, "P");
  const auto post = Shape(R"({"id": 1, "date_gmt": "2026-01-02T03:04:05", "link": "u", "title": {"rendered": "H"},
      "content": {"rendered": "<p>x</p>"}, "excerpt": {"rendered": "<p>short</p>"}})");
  ASSERT_TRUE(post);
  EXPECT_EQ(post->text, "<p>x</p>");
  EXPECT_EQ(post->title, "H");
  EXPECT_EQ(post->url, "u");
  EXPECT_EQ(post->published, "2026-01-02T03:04:05Z");
}

TEST(JsonShapesTest, APlainArticleSaysItsTitleAndAddress) {
  const auto shape = Shape(R"({"title": "T", "url": "u", "summary": "short", "body": ")" + Words(500) + R"("})");
  ASSERT_TRUE(shape);
  EXPECT_EQ(shape->text_field, "body");
  EXPECT_EQ(shape->text, Words(500));
}

TEST(JsonShapesTest, WhatMayBeATeaserIsNotTaken) {
  const std::string text = Words(500);
  EXPECT_FALSE(Shape(R"({"title": "T", "body": ")" + text + R"("})")) << "no address";
  EXPECT_FALSE(Shape(R"({"title": "T", "url": "u", "body": "short"})"));
  EXPECT_FALSE(Shape(R"({"title": "T", "url": "u", "body": ")" + text + R"(", "content": ")" + text + R"("})"));
  EXPECT_FALSE(Shape(R"({"title": "T", "url": "u", "body": ")" + text + R"(", "story": ")" + text + R"("})"));
  EXPECT_FALSE(Shape(R"({"title": "T", "url": "u", "content": ")" + text + R"(… [+1234 chars]"})"));
  EXPECT_FALSE(Shape(R"({"title": "T", "url": "u", "content": ")" + text + R"(…"})"));
  EXPECT_FALSE(Shape(R"({"title": "T", "url": "u", "body": ")" + text + R"(", "content": {"html": "x"}})"));
  EXPECT_FALSE(Shape(R"({"title": "T", "url": "u", "story": ")" + text + R"("})"));
}

}  // namespace
}  // namespace unspin
