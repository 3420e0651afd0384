#include "render/report_line.h"

#include <gtest/gtest.h>

#include "render/json.h"

namespace unspin {
namespace {

Report Example() {
  Report report;
  report.version = "0.1.0";
  report.model = "m";
  report.archive = ArchiveIdentity{"abc", 7, false};
  report.suspect.id = "s";
  report.suspect.title = "Title";
  report.suspect.url = "https://a.example";
  report.suspect.site = "A";
  report.suspect.published = "2026-03-05";
  report.suspect.fetched = "2026-03-06";
  report.suspect.path = "in.jsonl";
  report.suspect.record = 3;
  report.suspect.bytes = 120;
  report.suspect.words = 20;
  report.suspect.sha256 = "00ff";
  report.summary.verdict = Verdict::kEdited;
  report.summary.probability = 0.5;
  report.summary.originals = 1;
  report.suspect.marks = {{"canonical", "https://ours.example/a", "o"}, {"googlebot-news", "noindex"}};
  report.notices = {{"byline", "removed", "By X", "", {}}};
  Finding finding;
  finding.original.id = "o";
  finding.original.version = 2;
  finding.verdict = Verdict::kEdited;
  finding.extent = Extent::kWhole;
  finding.manner = Manner::kEdited;
  finding.direction = Direction::kToOriginal;
  finding.probability = 0.75;
  finding.log10_likelihood_ratio = -1.5;
  finding.rewrite = 0.125;
  finding.distance = 0.25;
  finding.coverage = {0.5, 0.625};
  finding.order_kept = 0.875;
  finding.longest_verbatim_run = 12;
  finding.shared = {{1, 2, 3, 4, 5}, {6, 7, 8, 9, 10}};
  finding.credit = {{"named", "", {}}};
  finding.licence = Licence{"licensed",
                            "a may use b",
                            {{"credit", "broken", "the credit was removed"}},
                            "licensed, but the credit was removed"};
  report.findings = {finding};
  return report;
}

TEST(ReportLineTest, WhatIsReadIsWrittenTheSameAgain) {
  for (const char* options : {"", R"({"prior":0.01,"keep":["a"]})"}) {
    const std::string line = RenderJson(Example(), {true, OffsetUnit::kByte, options});
    const auto read = ReportLineReader().Read(line);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->format, kReportFormat);
    EXPECT_EQ(read->options, options);
    EXPECT_EQ(read->id.size(), 32u);
    Report again = read->report;
    EXPECT_EQ(RenderJson(again, {true, OffsetUnit::kByte, read->options}), line);
  }
}

TEST(ReportLineTest, OtherLinesAreNoReports) {
  const std::string line = RenderJson(Example(), {});
  for (const std::string& text : {std::string(), std::string("{}"), std::string("[]"), std::string("notes"),
                                  line.substr(0, line.size() / 2), std::string(R"({"unspin":{},"suspect":{}})")})
    EXPECT_FALSE(ReportLineReader().Read(text)) << text;
}

TEST(ReportLineTest, MissingFieldsKeepTheirDefaults) {
  const auto read = ReportLineReader().Read(
      R"({"unspin":{},"suspect":{"bytes":-1},"summary":{"verdict":"new word"},"findings":[{"words":"x"}]})");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->format, 0);
  EXPECT_FALSE(read->report.archive);
  EXPECT_EQ(read->report.suspect.bytes, 0u);
  EXPECT_EQ(read->report.summary.verdict, Verdict::kInsufficient);
  ASSERT_EQ(read->report.findings.size(), 1u);
  EXPECT_EQ(read->report.findings[0].verdict, Verdict::kInsufficient);
  EXPECT_EQ(read->report.findings[0].direction, Direction::kUnknown);
}

}  // namespace
}  // namespace unspin
