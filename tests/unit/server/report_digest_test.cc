#include "server/report_digest.h"

#include <gtest/gtest.h>

#include "support/desk_cases.h"

namespace unspin::server {
namespace {

using unspin::testing::MadeFinding;
using unspin::testing::MadeReport;
using unspin::testing::ReportLine;

TEST(ReportDigestTest, TakesSuspectSummaryFindings) {
  const absl::StatusOr<ReportDigest> digest = DigestReport(ReportLine({}));
  ASSERT_TRUE(digest.ok()) << digest.status();
  EXPECT_EQ(digest->id, "report-1");
  EXPECT_EQ(digest->site, "copies.example");
  EXPECT_EQ(digest->verdict, "spun");
  EXPECT_EQ(digest->coverage_suspect, 0.9);
  ASSERT_EQ(digest->findings.size(), 1u);
  EXPECT_EQ(digest->findings[0].original_id, "ours-1");
  EXPECT_EQ(digest->findings[0].coverage_original, 0.8);
}

TEST(ReportDigestTest, SiteIsTheHostOfTheAddressWhereNoneIsGiven) {
  MadeReport report;
  report.url = "https://www.Daily.example/story";
  for (const char* given : {"", " "}) {
    report.site = given;
    EXPECT_EQ(DigestReport(ReportLine(report))->site, "daily.example");
  }
  report.site = "Daily Money Brief";
  EXPECT_EQ(DigestReport(ReportLine(report))->site, "Daily Money Brief");
}

TEST(ReportDigestTest, NullsOfAReportWithoutFindingsStayAbsent) {
  MadeReport report;
  report.findings = {};
  const absl::StatusOr<ReportDigest> digest = DigestReport(ReportLine(report));
  ASSERT_TRUE(digest.ok());
  EXPECT_EQ(digest->coverage_suspect, std::nullopt);
  EXPECT_TRUE(digest->findings.empty());
}

TEST(ReportDigestTest, NamesEachOriginalOnce) {
  MadeReport report;
  report.findings = {MadeFinding{}, MadeFinding{}, MadeFinding{"ours-2"}};
  EXPECT_EQ(DigestReport(ReportLine(report))->findings.size(), 2u);
}

TEST(ReportDigestTest, RefusesWhatIsNoReport) {
  for (const char* text : {"", "{", "[]", "{}", "{\"id\":7,\"summary\":{\"verdict\":\"spun\"}}", "{\"id\":\"a\"}",
                           "{\"id\":\"a\",\n\"summary\":{\"verdict\":\"spun\"}}"}) {
    EXPECT_EQ(DigestReport(text).status().code(), absl::StatusCode::kInvalidArgument) << text;
  }
}

}  // namespace
}  // namespace unspin::server
