#include "render/findings_csv.h"

#include <gtest/gtest.h>

#include "render/json.h"
#include "render/report_line.h"

namespace unspin {
namespace {

Report Example() {
  Report report;
  report.suspect.id = "s,1";
  report.suspect.url = "https://www.copy.example/a";
  report.suspect.published = "2026-03-05";
  report.suspect.title = "He said \"no\"";
  report.notices = {{"byline", "removed", "By X", "", {}},
                    {"copyright", "kept", "", "", {}},
                    {"byline", "removed", "By Y", "", {}},
                    {"copyright", "altered", "", "", {}}};
  Finding finding;
  finding.original.id = "o";
  finding.original.version = 2;
  finding.original.site = "Valley Post";
  finding.verdict = Verdict::kSpun;
  finding.extent = Extent::kWhole;
  finding.manner = Manner::kSpun;
  finding.probability = 2.0 / 3;
  finding.log10_likelihood_ratio = -0.25;
  finding.coverage.suspect = 1;
  finding.rewrite = 0.24;
  finding.longest_verbatim_run = 23;
  finding.shared.suspect = {204, 31, 1, 12, 9};
  finding.credit = {{"linked", "post.example", {}}, {"named", "Post", {}}, {"named", "the Post", {}}};
  report.findings = {finding, finding};
  report.findings[0].licence = Licence{"licensed", "rule", {}, "licensed, but the credit was removed"};
  report.findings[1].original.id = "=o";
  return report;
}

TEST(FindingsCsvTest, EachFindingIsALine) {
  EXPECT_EQ(RenderFindingsCsv(Example(), "ab12"),
            "spun,0.666667,-0.25,1.0,0.24,23,204,31,whole,spun,unknown,named linked,\"byline removed; copyright "
            "altered\",\"copy.example\",\"2026-03-05\",\"He said \"\"no\"\"\",\"https://www.copy.example/a\",\"s,1\","
            "\"Valley Post\",,,,\"o\",2,\"ab12\",licensed,\"licensed, but the credit was removed\"\n"
            "spun,0.666667,-0.25,1.0,0.24,23,204,31,whole,spun,unknown,named linked,,\"copy.example\",\"2026-03-05\","
            "\"He said \"\"no\"\"\",\"https://www.copy.example/a\",\"s,1\",\"Valley Post\",,,,\"'=o\",2,\"ab12\",,\n");
  EXPECT_EQ(RenderFindingsCsv(Report(), "ab12"), "");
}

TEST(FindingsCsvTest, ALineHasTheColumnsOfTheHeader) {
  Report report;
  report.findings.resize(1);
  const std::string header = FindingsCsvHeader(), line = RenderFindingsCsv(report, "ab12");
  EXPECT_EQ(std::count(header.begin(), header.end(), ','), std::count(line.begin(), line.end(), ','));
}

TEST(FindingsCsvTest, ALineOfJsonGivesTheSameRows) {
  const Report report = Example();
  const auto line = ReportLineReader().Read(RenderJson(report, {}));
  ASSERT_TRUE(line);
  EXPECT_EQ(RenderFindingsCsv(line->report, "ab12"), RenderFindingsCsv(report, "ab12"));
}

TEST(FindingsCsvTest, WhatWouldBeAFormulaHasAnApostrophe) {
  for (const std::string text : {"=1+1", "+1", "-1", "@SUM(A1)", "＝1", "＋1", "－1", "＠a"}) {
    EXPECT_EQ(CsvTextCell(text), "\"'" + text + "\"");
    for (const std::string before : {" ", "  ", "'", "“", "\u00a0", "\u3000", "\ufeff", "\u200b", "\u200d", "'' "})
      EXPECT_EQ(CsvTextCell(before + text), "\"'" + before + text + "\"") << before;
  }
  EXPECT_EQ(CsvTextCell("\"=1"), "\"'\"\"=1\"");
  EXPECT_EQ(CsvTextCell("\n=1"), "\"' =1\"");
  EXPECT_EQ(CsvTextCell("\x01=1"), "\"' =1\"");
}

TEST(FindingsCsvTest, TabsAndLineBreaksInFrontHaveAnApostrophe) {
  for (const char* text : {"\ta", "\ra", "\na"}) EXPECT_EQ(CsvTextCell(text), "\"' a\"");
}

TEST(FindingsCsvTest, ASemicolonBeginsACellToo) {
  EXPECT_EQ(CsvTextCell("a;=1"), "\"a;'=1\"");
  EXPECT_EQ(CsvTextCell("a; \"-1;b;@c"), "\"a; \"\"'-1;b;'@c\"");
  EXPECT_EQ(CsvTextCell(";=1"), "\";'=1\"");
  EXPECT_EQ(CsvTextCell("a;b=1"), "\"a;b=1\"");
}

TEST(FindingsCsvTest, OtherTextsStayAsTheyAre) {
  for (const std::string text : {"", "a", "2026-03-05", "Mail us: a@b.example", "1+1=2", "naïve — “so”", "!x", "😀"})
    EXPECT_EQ(CsvTextCell(text), "\"" + text + "\"");
}

TEST(FindingsCsvTest, ACellIsOneLineOfValidUtf8) {
  EXPECT_EQ(CsvTextCell("a\r\nb\tc\u2028d\u0085"
                        "e"),
            "\"a  b c d e\"");
  EXPECT_EQ(CsvTextCell("a\xff"
                        "b"),
            "\"a\xef\xbf\xbd"
            "b\"");
  EXPECT_EQ(CsvTextCell(std::string("a\0b", 3)), "\"a b\"");
}

}  // namespace
}  // namespace unspin
