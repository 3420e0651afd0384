#include "render/html_map.h"

#include <gtest/gtest.h>

namespace unspin::html {
namespace {

bool Holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

Report OnePassage() {
  Report report;
  report.suspect.text = std::string(100, 's');
  Finding finding;
  finding.original.text = std::string(200, 'o');
  finding.passages.push_back({{20, 70}, {50, 100}, Manner::kSpun, 0.25, {}});
  report.findings.push_back(finding);
  return report;
}

std::string MapOf(const Report& report) { return PassageMap(report, 0, Texts(report)); }

TEST(HtmlMapTest, APassageLiesWhereItsBytesLieInEachText) {
  const std::string map = MapOf(OnePassage());
  EXPECT_TRUE(Holds(map, "<rect class=\"spun\" x=\"20.00%\" width=\"50.00%\"")) << map;
  EXPECT_TRUE(Holds(map, "<rect class=\"spun\" x=\"25.00%\" width=\"25.00%\"")) << map;
  EXPECT_TRUE(Holds(map, "points=\"200.0,0 700.0,0 500.0,60 250.0,60 \"")) << map;
}

TEST(HtmlMapTest, WithoutPassagesThereIsNoMap) {
  Report report = OnePassage();
  report.findings[0].passages.clear();
  EXPECT_EQ(MapOf(report), "");
}

TEST(HtmlMapTest, TheKeyNamesOnlyWhatTheMapShows) {
  Report report = OnePassage();
  EXPECT_FALSE(Holds(MapOf(report), "class=\"copy\""));
  EXPECT_FALSE(Holds(MapOf(report), "<i class=\"masked\">"));
  report.suspect.masked = {{0, 10}};
  EXPECT_TRUE(Holds(MapOf(report), "<i class=\"masked\">"));
}

TEST(HtmlMapTest, ATextThatIsAbsentIsAsLongAsItsCardSays) {
  Report report = OnePassage();
  report.suspect.text.clear();
  report.suspect.bytes = 100;
  EXPECT_TRUE(Holds(MapOf(report), "x=\"20.00%\" width=\"50.00%\""));
}

}  // namespace
}  // namespace unspin::html
