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
  EXPECT_THAT(text, HasSubstr("reports/0002  A title\\nof two \\u001b[31mlines"));
}

TEST(PackTextTest, TheMethodSaysItsOptions) {
  Evidence evidence = MadeEvidence();
  EXPECT_EQ(OptionsInMethod(RenderMethod(evidence)), "none");
  evidence.json.options = "{\"limit\":3}";
  EXPECT_EQ(OptionsInMethod(RenderMethod(evidence)), "{\"limit\":3}");
  EXPECT_EQ(OptionsInMethod("no method"), "");
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
