#include "render/html_header.h"

#include <gtest/gtest.h>

namespace unspin::html {
namespace {

bool Holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

Report OneFinding() {
  Report report;
  report.suspect.id = "s";
  report.summary.verdict = Verdict::kCopy;
  Finding finding;
  finding.original.id = "o";
  report.findings.push_back(finding);
  return report;
}

TEST(HtmlHeaderTest, SourceNamesTheFileAndTheRecordInIt) {
  ArticleCard card;
  EXPECT_EQ(SourceOf(card), "");
  card.record = 17;
  EXPECT_EQ(SourceOf(card), "record 17");
  card.path = "a.warc";
  EXPECT_EQ(SourceOf(card), "a.warc, record 17");
}

TEST(HtmlHeaderTest, AVersionIsNamedOnlyBesideAnother) {
  Report report = OneFinding();
  report.findings[0].original.version = 2;
  EXPECT_EQ(VersionIfMany(report, report.findings[0].original), "");
  report.findings.push_back(report.findings[0]);
  report.findings[1].original.version = 1;
  EXPECT_EQ(VersionIfMany(report, report.findings[0].original), "version 2, ");
}

TEST(HtmlHeaderTest, DamageIsMarkedAndLeadsToItsSection) {
  Report report = OneFinding();
  EXPECT_FALSE(Holds(Masthead(report), "class=\"serious\""));
  report.notices.push_back({"byline", "removed", "By Ida", "", {}});
  EXPECT_TRUE(Holds(Masthead(report),
                    "<div class=\"serious\"><dt>Notices of rights</dt><dd><a href=\"#unspin-notices\">"
                    "byline removed</a>"));
}

TEST(HtmlHeaderTest, AFactOfSeveralOriginalsCountsOnce) {
  Report report = OneFinding();
  report.findings[0].facts.push_back({"number", "12", "13", "altered"});
  report.findings.push_back(report.findings[0]);
  EXPECT_TRUE(Holds(Masthead(report), "<a href=\"#f1-facts\">1 altered, 0 missing, 0 kept</a>"));
}

TEST(HtmlHeaderTest, AnOriginalWithoutOutletHasNobodyToCredit) {
  EXPECT_TRUE(Holds(Masthead(OneFinding()), "our article names no outlet"));
}

TEST(HtmlHeaderTest, WithoutFindingsNothingIsDamaged) {
  Report report = OneFinding();
  report.findings.clear();
  EXPECT_FALSE(Holds(Masthead(report), "class=\"damage\""));
}

}  // namespace
}  // namespace unspin::html
