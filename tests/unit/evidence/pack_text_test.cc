#include "evidence/pack_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "support/made_evidence.h"

namespace unspin::evidence {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
using unspin::testing::MadeEvidence;

TEST(PackTextTest, TheReadmeNamesEveryReport) {
  std::vector<Evidence> evidence = {MadeEvidence(), MadeEvidence()};
  evidence[1].report.suspect.title = "A title\nof two \x1b[31mlines";
  const std::string text = RenderReadme(evidence);
  EXPECT_THAT(text, HasSubstr("reports/0001  suspect.txt"));
  EXPECT_THAT(text, HasSubstr("reports/0002  A title of two ‹U+001B›[31mlines"));
}

TEST(PackTextTest, TheMethodSaysItsOptions) {
  Evidence evidence = MadeEvidence();
  EXPECT_EQ(OptionsInMethod(RenderMethod(evidence)), "none");
  evidence.json.options = "{\"limit\":3}";
  EXPECT_EQ(OptionsInMethod(RenderMethod(evidence)), "{\"limit\":3}");
  EXPECT_EQ(OptionsInMethod("no method"), "");
}

TEST(PackTextTest, OptionsAreThoseOfTheirLine) {
  Evidence evidence = MadeEvidence();
  evidence.suspect_file.name = "Options:  {\"prior\":0.5}.txt";
  EXPECT_EQ(OptionsInMethod(RenderMethod(evidence)), "none");
}

TEST(PackTextTest, WhatOthersWroteForgesNoLine) {
  const std::string forged = "a\nOptions:  {}\r\nVerdict: none\u2028Program: other\u0085Model: other";
  Evidence evidence = MadeEvidence();
  const auto lines = [](const std::string& text) { return std::count(text.begin(), text.end(), '\n'); };
  const auto in_method = lines(RenderMethod(evidence));
  evidence.suspect_file.name = forged;
  evidence.suspect.reading.charset = evidence.suspect.reading.format = forged;
  EXPECT_EQ(lines(RenderMethod(evidence)), in_method);
  EXPECT_EQ(OptionsInMethod(RenderMethod(evidence)), "none");
  std::vector<Evidence> one = {evidence};
  one[0].report.suspect.url = "https://copies.example/1";
  const auto in_readme = lines(RenderReadme(one));
  one[0].report.suspect.title = one[0].report.suspect.url = forged;
  EXPECT_EQ(lines(RenderReadme(one)), in_readme);
  for (const std::string& text : {RenderMethod(evidence), RenderReadme(one)}) {
    for (const char* const separator : {"\r", "\u2028", "\u0085"}) EXPECT_THAT(text, Not(HasSubstr(separator)));
  }
}

TEST(PackTextTest, ARecordInPlaceOfItsFileIsSaid) {
  Evidence evidence = MadeEvidence();
  EXPECT_THAT(RenderMethod(evidence), Not(HasSubstr("record.json")));
  evidence.suspect_file.is_whole = false;
  EXPECT_THAT(RenderMethod(evidence), HasSubstr("suspect/record.json stands for a file that is not in this pack"));
}

TEST(PackTextTest, TheMethodNamesTheArchive) {
  Evidence evidence = MadeEvidence();
  EXPECT_THAT(RenderMethod(evidence), HasSubstr("No archive was used"));
  evidence.basis.archive = ArchiveIdentity{"abcd", 59'131, true};
  EXPECT_THAT(RenderMethod(evidence), HasSubstr("an archive of 59,131 articles, fingerprint abcd"));
}

TEST(PackTextTest, EachPassageHasALineWithBothTexts) {
  const Evidence evidence = MadeEvidence();
  const std::string rows = RenderPassagesCsv(evidence);
  EXPECT_THAT(rows, StartsWith("finding,passage,manner,"));
  const size_t passages = evidence.report.findings[0].passages.size();
  ASSERT_GT(passages, 0U);
  EXPECT_EQ(static_cast<size_t>(std::count(rows.begin(), rows.end(), '\n')), passages + 1);
  EXPECT_THAT(rows, HasSubstr("overnight ferry"));
  EXPECT_THAT(rows, HasSubstr("The night ferry"));
}

TEST(PackTextTest, ASpreadsheetTakesNoCellForAFormula) {
  Evidence evidence = MadeEvidence();
  evidence.report.findings[0].original.id = "=HYPERLINK(1)";
  EXPECT_THAT(RenderPassagesCsv(evidence), HasSubstr("\"'=HYPERLINK(1)\""));
  EXPECT_THAT(RenderPassagesCsv(evidence), Not(HasSubstr(",\"=HYPERLINK")));
}

}  // namespace
}  // namespace unspin::evidence
