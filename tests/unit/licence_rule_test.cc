#include "unspin/licence/licence_rule.h"

#include <gtest/gtest.h>

#include <string>

#include "unspin/base/strings.h"

namespace unspin {
namespace {

std::string ProblemOf(LicenceRule rule) {
  const absl::Status status = CleanLicenceRule(rule);
  return std::string(StdView(status.message()));
}

LicenceRule Rule(const std::string& site) {
  LicenceRule rule;
  rule.site = site;
  return rule;
}

TEST(LicenceRuleTest, APastedAddressBecomesADomainWithItsPath) {
  LicenceRule rule = Rule(" https://WWW.Partner.example/Wire/ ");
  rule.original = "HTTPS://www.News.example/sport/";
  rule.state = "";
  ASSERT_EQ(CleanLicenceRule(rule), absl::OkStatus());
  EXPECT_EQ(rule.site, "partner.example/Wire/");
  EXPECT_EQ(rule.original, "news.example/sport/");
  EXPECT_EQ(rule.state, "licensed");
}

TEST(LicenceRuleTest, AFeedMayHaveANameThatIsNoDomain) {
  LicenceRule rule = Rule("partner.example");
  rule.original = " Harbour Post – Sport ";
  ASSERT_EQ(CleanLicenceRule(rule), absl::OkStatus());
  EXPECT_EQ(rule.original, "Harbour Post – Sport");
}

TEST(LicenceRuleTest, ASiteIsADomain) {
  for (const char* site : {"", "partner", ".example", "example.", "a..example", "two words.example", "x.example\ny"}) {
    EXPECT_TRUE(ProblemOf(Rule(site)).starts_with("site: ")) << site;
  }
  for (const char* site : {"partner.example", "müller.example", "a-b.example/p?q=1"}) {
    EXPECT_EQ(ProblemOf(Rule(site)), "") << site;
  }
}

TEST(LicenceRuleTest, ADayIsOneOfTheCalendar) {
  for (const char* day : {"1/2/2026", "2026-02-30", "2026-13-01", "2026-1-1", "20260101", "2026", "today"}) {
    LicenceRule rule = Rule("partner.example");
    rule.from = day;
    EXPECT_EQ(ProblemOf(rule),
              "from: \"" + std::string(day) + "\" is no day; write it as YYYY-MM-DD, or leave it empty");
  }
  LicenceRule rule = Rule("partner.example");
  rule.from = rule.to = "2024-02-29";
  EXPECT_EQ(ProblemOf(rule), "");
  rule.to = "2024-02-28";
  EXPECT_EQ(ProblemOf(rule), "to: 2024-02-28 is before `from`, 2024-02-29");
}

TEST(LicenceRuleTest, AStateIsOneOfThree) {
  LicenceRule rule = Rule("partner.example");
  rule.state = "Own-Site";
  EXPECT_EQ(ProblemOf(rule), "");
  rule.state = "unlicensed";
  EXPECT_EQ(ProblemOf(rule), "state: \"unlicensed\" is none; write licensed, own-site or fair-dealing");
}

TEST(LicenceRuleTest, ATextThatASpreadsheetWouldComputeIsRefused) {
  for (const char* note : {"=1+1", " +1", "-1", "@x"}) {
    LicenceRule rule = Rule("partner.example");
    rule.note = note;
    EXPECT_TRUE(ProblemOf(rule).starts_with("note: begins with ")) << note;
  }
}

TEST(LicenceRuleTest, LongTextsAndControlCharactersAreRefused) {
  LicenceRule rule = Rule("partner.example");
  rule.source = std::string(kMaxLicenceFieldBytes + 1, 'x');
  EXPECT_EQ(ProblemOf(rule), "source: longer than 4096 bytes; shorten it");
  rule.source = std::string("a\0b", 3);
  EXPECT_EQ(ProblemOf(rule), "source: has a control character; take it out");
  rule.source = "two\nlines";
  EXPECT_EQ(ProblemOf(rule), "");
}

TEST(LicenceRuleTest, AnEmbargoHasBounds) {
  LicenceRule rule = Rule("partner.example");
  rule.embargo_hours = -1;
  EXPECT_TRUE(ProblemOf(rule).starts_with("embargo_hours: "));
  rule.embargo_hours = kMaxEmbargoHours + 1;
  EXPECT_TRUE(ProblemOf(rule).starts_with("embargo_hours: "));
  rule.embargo_hours = kMaxEmbargoHours;
  EXPECT_EQ(ProblemOf(rule), "");
}

TEST(LicenceRuleTest, WordsNameEveryTerm) {
  LicenceRule rule = Rule("partner.example/wire/");
  EXPECT_EQ(InWords(rule), "partner.example/wire/ may use all articles");
  rule.original = "news.example/sport/";
  rule.from = "2026-01-01";
  rule.credit = rule.link = true;
  rule.may_alter = false;
  rule.embargo_hours = 24;
  rule.source = "contract 17";
  EXPECT_EQ(
      InWords(rule),
      "partner.example/wire/ may use news.example/sport/, from 2026-01-01 on; credit required, link required, must "
      "not be altered, not before 24 hours after the original (contract 17)");
  rule = Rule("blog.example");
  rule.state = "fair-dealing";
  rule.to = "2026-12-31";
  EXPECT_EQ(InWords(rule), "blog.example may use, by fair dealing, all articles, until 2026-12-31");
  rule.state = "own-site";
  EXPECT_EQ(InWords(rule), "blog.example is our own site, for all articles, until 2026-12-31");
}

TEST(QuotedForMessageTest, ALongValueIsCutBetweenCharacters) {
  std::string value(59, 'x');
  EXPECT_EQ(QuotedForMessage(value + "é"), "\"" + value + "…\"");
  EXPECT_EQ(QuotedForMessage(value + "e"), "\"" + value + "e\"");
}

}  // namespace
}  // namespace unspin
