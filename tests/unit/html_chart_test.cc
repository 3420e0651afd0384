#include "render/html_chart.h"

#include <gtest/gtest.h>

namespace unspin::html {
namespace {

bool Holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

TEST(HtmlChartTest, PlacesAreAttributesAndNeverStyles) {
  const std::string bar = Bar("bar", {{"spun", 0.25, 0.75, "", "", ""}});
  EXPECT_TRUE(Holds(bar, "<rect class=\"spun\" x=\"25.00%\" width=\"50.00%\""));
  EXPECT_FALSE(Holds(bar, "style"));
}

TEST(HtmlChartTest, BarsWithoutLinksAreHiddenFromThoseWhoDoNotSeeThem) {
  EXPECT_TRUE(Holds(Bar("bar", {{"k", 0, 1, "", "", ""}}), "aria-hidden"));
  const std::string linked = Bar("bar", {{"k", 0, 1, "a \"b\"", "#f1-s1", "data-p=\"1\""}});
  EXPECT_FALSE(Holds(linked, "aria-hidden"));
  EXPECT_TRUE(Holds(linked, "<a href=\"#f1-s1\" aria-label=\"a &quot;b&quot;\" data-p=\"1\">"));
}

TEST(HtmlChartTest, EveryPatternThatABarNamesIsDefined) {
  const std::string defined = BarPatterns("shared", {{"masked", 0, 1, "", "", ""}});
  for (const char* name : {"edited", "spun", "rewritten", "masked", "s2", "s3"}) {
    const std::string id = "unspin-lines-" + std::string(name);
    EXPECT_TRUE(Holds(defined, "id=\"" + id + "\""));
    EXPECT_TRUE(Holds(Bar("bar", {{name, 0, 1, "", "", ""}}), "url(#" + id + ")"));
  }
  EXPECT_TRUE(Holds(defined, "<g id=\"shared\">"));
  EXPECT_TRUE(Holds(Bar("bar", {}, "shared"), "<use href=\"#shared\"/>"));
}

}  // namespace
}  // namespace unspin::html
