// Articles in data, templates and frames of a page are found, and code is none.
#include "unspin/page/inner_text.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "support/read_page.h"
#include "unspin/page/html.h"

namespace unspin {
namespace {

using testing::Repeated;

constexpr std::string_view kFirst =
    "The ferry to the island will not sail before noon, because the fog lies too low on the water.";
constexpr std::string_view kSecond =
    "Its captain told the passengers that they could wait in the hall, where there was tea for all of them.";

std::string Quoted(std::string_view text) { return "\"" + std::string(text) + "\""; }

struct FoundText {
  std::string chosen, text, record;
};

std::vector<FoundText> Find(const std::string& html, std::string_view body = "") {
  const HtmlPage page = ParseHtml(html);
  std::vector<FoundText> found;
  for (const InnerText& inner : FindInnerTexts(page, body))
    found.push_back({std::string(inner.chosen), inner.text, html.substr(inner.begin, inner.end - inner.begin)});
  return found;
}

TEST(InnerTextTest, TheDeclaredArticleIsFoundWhereItStands) {
  const std::string data = "{\"articleBody\":" + Quoted(kFirst) + "}";
  const auto found = Find("<p>Menu</p><script type=\"application/ld+json\">" + data + "</script>", kFirst);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].chosen, "linked-data");
  EXPECT_EQ(found[0].text, kFirst);
  EXPECT_EQ(found[0].record, data);
}

TEST(InnerTextTest, LinkedDataWithoutAnArticleGivesNothing) {
  EXPECT_TRUE(Find("<script type=\"application/ld+json\">{\"description\":" + Quoted(kFirst) + "}</script>").empty());
}

TEST(InnerTextTest, LongStringsOfDataAreParagraphsInTheirOrder) {
  const std::string data = "{\"props\":{\"blocks\":[{\"t\":" + Quoted(kFirst) + "},{\"t\":" + Quoted(kSecond) +
                           "}],\"copy\":" + Quoted(kFirst) + ",\"id\":\"x-1\"}}";
  for (const std::string& script : {"<script id=__NEXT_DATA__ type=\"application/json\">" + data + "</script>",
                                    "<script>window.__STATE__ = " + data + ";</script>"}) {
    const auto found = Find(script);
    ASSERT_EQ(found.size(), 1u) << script;
    EXPECT_EQ(found[0].chosen, "script-data");
    EXPECT_EQ(found[0].text, "<p>" + std::string(kFirst) + "</p>\n<p>" + std::string(kSecond) + "</p>\n");
  }
}

TEST(InnerTextTest, TemplatesInScriptsArePages) {
  const std::string html = "<p>" + std::string(kFirst) + "</p>";
  for (const char* type : {"text/template", "text/html", "text/x-handlebars"}) {
    const auto found = Find("<script type=\"" + std::string(type) + "\">" + html + "</script>");
    ASSERT_EQ(found.size(), 1u) << type;
    EXPECT_EQ(found[0].chosen, "template");
    EXPECT_EQ(found[0].text, html);
  }
}

TEST(InnerTextTest, PagesInFramesAreFound) {
  const auto srcdoc = Find("<iframe srcdoc=\"&lt;p&gt;" + std::string(kFirst) + "&lt;/p&gt;\"></iframe>");
  ASSERT_EQ(srcdoc.size(), 1u);
  EXPECT_EQ(srcdoc[0].chosen, "frame");
  EXPECT_EQ(srcdoc[0].text, "<p>" + std::string(kFirst) + "</p>");
  const auto noframes = Find("<noframes><p>" + std::string(kFirst) + "</p></noframes>");
  ASSERT_EQ(noframes.size(), 1u);
  EXPECT_EQ(noframes[0].chosen, "frame");
  EXPECT_EQ(noframes[0].text, "<p>" + std::string(kFirst) + "</p>");
}

TEST(InnerTextTest, CodeIsNoText) {
  const std::string scripts[] = {
      "var text = " + Quoted(kFirst) + ";",                                               // no data
      "{\"run\":\"function f(a, b, c) { return a + b + c; } and so on and on and on\"}",  // code in data
      "{\"list\":\"https://a.example/one,https://b.example/two,https://c.example/three,https://d.example/four\"}",
      "{\"a\":\"short\",\"b\":[1,2,3]}",
      "{\"open\":\"" + std::string(kFirst),  // cut off
      "if (a) { b(\":\"); }",
      "",
  };
  for (const std::string& script : scripts) {
    EXPECT_TRUE(Find("<script>" + script + "</script>").empty()) << script;
  }
  EXPECT_TRUE(
      Find("<style>p{content:\":\"}</style><iframe src=/x></iframe><p>" + std::string(kFirst) + "</p>").empty());
}

TEST(InnerTextTest, HostileScriptsTakeLinearTime) {
  constexpr size_t kTimes = 100000;
  Find("<script type=\"application/json\">" + Repeated("[", kTimes) + "</script>");
  Find("<script type=\"application/json\">" + Repeated("{\"a\":", kTimes) + "</script>");
  Find(Repeated("<script>{\":\":\"", kTimes / 10));
  Find(Repeated("<script type=\"application/json\">{</script>", kTimes));
  EXPECT_EQ(Find(Repeated("<iframe srcdoc=x></iframe>", kTimes)).size(), kTimes);
}

}  // namespace
}  // namespace unspin
