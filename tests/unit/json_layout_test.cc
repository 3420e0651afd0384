#include "unspin/inputs/json_layout.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace unspin {
namespace {

// "lines", "values", or the steps to the records: "hits.hits[]".
std::string Layout(std::string_view head, bool is_named_lines = false, const std::string& text_field = "text") {
  ReaderOptions options;
  options.fields.text = text_field;
  const JsonLayout layout = FindJsonLayout(head, true, is_named_lines, options);
  if (layout.has_lines) return "lines";
  std::string path;
  for (const JsonStep& step : layout.path) {
    path += step.to_elements ? "[]" : (path.empty() ? "" : ".") + step.name;
  }
  return path.empty() ? "values" : path;
}

TEST(JsonLayoutTest, ObjectsOnLinesAreLines) {
  EXPECT_EQ(Layout("{\"text\":\"a\"}\n{\"text\":\"b\"}\n"), "lines");
  EXPECT_EQ(Layout("{\"text\":\"a\"}"), "lines");
  EXPECT_EQ(Layout("{\"body\":\"a\"}\n{\"body\":\"b\"}\n"), "lines");
  EXPECT_EQ(Layout("{\"text\":\"broken\n{\"text\":\"b\"}\n"), "lines");
  EXPECT_EQ(Layout("{\"text\":\n{\"text\":\"b\"}\n", true), "lines");
  EXPECT_EQ(Layout("\n\n\x1e{\"text\":\"a\"}\n"), "lines");
}

TEST(JsonLayoutTest, OtherObjectsAndListsAreValuesWhateverTheName) {
  for (const bool is_named_lines : {false, true}) {
    EXPECT_EQ(Layout("[{\"text\":\"a\"}]", is_named_lines), "values");
    EXPECT_EQ(Layout("[\n {\n  \"text\": \"a\"\n }\n]", is_named_lines), "values");
    EXPECT_EQ(Layout("{\n \"id\": 1,\n \"text\": \"a\"\n}\n", is_named_lines), "values");
    EXPECT_EQ(Layout("{\"text\":\"a\"}{\"text\":\"b\"}", is_named_lines), "values");
    EXPECT_EQ(Layout("{\"text\":\"a\"},\n{\"text\":\"b\"}", is_named_lines), "values");
  }
  EXPECT_EQ(Layout("[\"a\", \"b\"]\n", true), "lines");
}

TEST(JsonLayoutTest, TheListWithTheTextsIsFound) {
  EXPECT_EQ(Layout(R"({"status": "ok", "articles": [{"text": "a"}, {"text": "b"}]})"), "articles[]");
  EXPECT_EQ(Layout(R"({"hits": {"total": 2, "hits": [{"_id": "1", "_source": {"text": "a"}}]}})"), "hits.hits[]");
  EXPECT_EQ(Layout(R"({"data": {"posts": {"edges": [{"node": {"id": 1, "text": "a"}}]}}})"), "data.posts.edges[]");
  EXPECT_EQ(Layout(R"({"sections": [{"id": 1, "articles": [{"text": "a"}]}, {"id": 2}]})"), "sections[].articles[]");
  EXPECT_EQ(Layout(R"([{"page": 1, "items": [{"text": "a"}]}, {"page": 2, "items": []}])"), "items[]");
  EXPECT_EQ(Layout("{\"articles\":[{\"text\":\"a\"}]}\n{\"articles\":[{\"text\":\"b\"}]}\n", true), "articles[]");
  EXPECT_EQ(Layout(R"({"articles": [{"story": "a"}]})", false, "story"), "articles[]");
  EXPECT_EQ(Layout(R"({"articles": [{"a": {"b": "x"}}]})", false, "a.b"), "articles[]");
  EXPECT_EQ(Layout("{\"n\": 1, \"articles\": [\n{\"text\":\"a\"},\n{\"text\":\"b\"}\n]}", true), "articles[]");
  EXPECT_EQ(Layout("{\"n\": 1, \"articles\": [{\"text\":\"a\"},\n{\"text\":\"b\"}\n]}"), "articles[]");
}

TEST(JsonLayoutTest, AnArticleIsNoWrapper) {
  EXPECT_EQ(Layout(R"({"related": [{"text": "b"}], "items": [{"text": "c"}], "text": "a"})"), "lines");
  EXPECT_EQ(Layout(R"({"text": null, "items": [{"id": 1, "text": "c"}]})"), "lines");
  EXPECT_EQ(Layout(R"({"items": [{"id": 1, "text": "c"}]})"
                   "\n"
                   R"({"items": [{"id": 1, "text": "c"}], "text": "a"})"),
            "lines");
}

TEST(JsonLayoutTest, ListsOfAnArticleAreNotTaken) {
  EXPECT_EQ(Layout(R"({"title": "t", "comments": [{"id": 1, "text": "nice"}]})"), "lines");
  EXPECT_EQ(Layout(R"({"title": "t", "paragraphs": [{"id": 1, "text": "one"}]})"), "lines");
  EXPECT_EQ(Layout(R"({"title": "t", "parts": [{"text": "one"}, {"text": "two"}]})"), "lines");
  EXPECT_EQ(Layout(R"({"story": "much longer than what stands in the list", "items": [{"text": "x"}]})"), "lines");
}

TEST(JsonLayoutTest, ALongCodeBesideTheListIsNoText) {
  EXPECT_EQ(Layout(R"({"cursor": ")" + std::string(1000, 'x') + R"(", "items": [{"text": "x"}]})"), "items[]");
}

TEST(JsonLayoutTest, TwoListsAreOneTooMany) {
  EXPECT_EQ(Layout(R"({"news": [{"id": 1, "text": "a"}], "items": [{"id": 2, "text": "b"}]})"), "lines");
}

TEST(JsonLayoutTest, ListsWithinRecordsDoNotCount) {
  EXPECT_EQ(Layout(R"({"items": [{"id": 1, "text": "a"}, {"id": 2, "items": [{"id": 3, "text": "b"}]}]})"), "items[]");
}

TEST(JsonLayoutTest, FeedsAreFeeds) {
  const JsonLayout layout = FindJsonLayout(
      R"({"version": "https://jsonfeed.org/version/1", "items": [{"id": 1, "summary": "x"}]})", true, false, {});
  EXPECT_TRUE(layout.is_feed);
  EXPECT_EQ(layout.path, (JsonRecordPath{{false, "items"}, {true, ""}}));
}

TEST(JsonLayoutTest, ABeginningWithoutARecordIsNotCertain) {
  const ReaderOptions options;
  EXPECT_FALSE(FindJsonLayout("{\"meta\": \"", false, false, options).is_certain);
  EXPECT_TRUE(FindJsonLayout("{\"id\": 1, \"text\": \"", false, false, options).is_certain);
  EXPECT_TRUE(FindJsonLayout("[{\"id\": 1, \"text\": \"", false, false, options).is_certain);
  const JsonLayout cut = FindJsonLayout(R"({"items": [{"id": 1, "text": "a"}, {"id": 2, )", false, false, options);
  EXPECT_EQ(cut.path, (JsonRecordPath{{false, "items"}, {true, ""}}));
}

TEST(JsonLayoutTest, AListThatGoesOnHidesTheRecords) {
  const auto is_sought = [](std::string_view head) { return FindJsonLayout(head, false, false, {}).is_sought; };
  EXPECT_TRUE(is_sought(R"({"meta": {}, "junk": [{"a": 1}, {"a")"));
  EXPECT_TRUE(is_sought(R"({"answer": {"junk": [1, 2)"));
  EXPECT_FALSE(is_sought(R"({"picture": "iVBORw0KGgo)")) << "an article may have one";
  EXPECT_FALSE(is_sought(R"({"id": 1, "text": "a", "junk": [)")) << "it is a record";
  EXPECT_FALSE(is_sought(R"({"items": [{"id": 1, "text": "a"}, {"id")")) << "they are found";
  EXPECT_FALSE(FindJsonLayout(R"({"junk": [1)", true, false, {}).is_sought) << "nothing follows";
}

}  // namespace
}  // namespace unspin
