#include "unspin/licence/licence_rules.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace unspin {
namespace {

LicenceRule Rule(const char* site, const char* from = "", const char* to = "", const char* original = "") {
  LicenceRule rule;
  rule.site = site;
  rule.from = from;
  rule.to = to;
  rule.original = original;
  return rule;
}

constexpr LicensedSide kOurs = {"", "https://news.example/sport/final", "2026-05-01"};

std::string StateOf(const std::vector<LicenceRule>& rules, const LicensedSide& suspect,
                    const LicensedSide& original = kOurs) {
  return ChooseLicence(rules, suspect, original).state;
}

std::string WhyOf(const std::vector<LicenceRule>& rules, const LicensedSide& suspect,
                  const LicensedSide& original = kOurs) {
  return ChooseLicence(rules, suspect, original).why;
}

TEST(LicenceRulesTest, SiteWithoutRuleIsUnknown) {
  const std::vector<LicenceRule> rules = {Rule("paper.example")};
  EXPECT_EQ(StateOf(rules, {"other.example", "", "2026-05-04"}), "unknown");
  EXPECT_EQ(StateOf(rules, {"", "", "2026-05-04"}), "unknown");
  EXPECT_EQ(StateOf({}, {"paper.example", "", "2026-05-04"}), "unknown");
}

TEST(LicenceRulesTest, DomainCoversItsSubdomainsOnly) {
  const std::vector<LicenceRule> rules = {Rule("paper.example")};
  EXPECT_EQ(StateOf(rules, {"paper.example", "", ""}), "licensed");
  EXPECT_EQ(StateOf(rules, {"News.Paper.example", "", ""}), "licensed");
  EXPECT_EQ(StateOf(rules, {"newspaper.example", "", "2026-05-04"}), "unknown");
}

TEST(LicenceRulesTest, HostOfTheAddressIsCoveredWhateverTheSiteIsCalled) {
  for (const char* of_rule : {"paper.example", "www.paper.example"}) {
    const std::vector<LicenceRule> rules = {Rule(of_rule)};
    for (const char* site : {"", "Daily Money Brief"}) {
      EXPECT_EQ(StateOf(rules, {site, "https://www.paper.example/a", "2026-05-04"}), "licensed") << site;
      EXPECT_EQ(StateOf(rules, {site, "https://other.example/a", "2026-05-04"}), "unknown") << site;
    }
  }
}

TEST(LicenceRulesTest, BothDaysAreIncluded) {
  const std::vector<LicenceRule> rules = {Rule("paper.example", "2026-01-01", "2026-12-31")};
  EXPECT_EQ(StateOf(rules, {"paper.example", "", "2025-12-31"}), "unlicensed");
  EXPECT_EQ(StateOf(rules, {"paper.example", "", "2026-01-01"}), "licensed");
  EXPECT_EQ(StateOf(rules, {"paper.example", "", "2026-12-31T23:59:59Z"}), "licensed");
  EXPECT_EQ(StateOf(rules, {"paper.example", "", "31 December 2026"}), "licensed");
  EXPECT_EQ(StateOf(rules, {"paper.example", "", "2027-01-01"}), "unlicensed");
  EXPECT_EQ(WhyOf(rules, {"paper.example", "", "2025-12-31"}), "the licence begins on 2026-01-01");
  EXPECT_EQ(WhyOf(rules, {"paper.example", "", "2027-01-01"}), "the licence ended on 2026-12-31");
}

TEST(LicenceRulesTest, UnknownDayAccusesNobody) {
  const std::vector<LicenceRule> rules = {Rule("paper.example", "2026-01-01", "")};
  for (const char* day : {"", "2026", "2026-05", "yesterday"}) {
    EXPECT_EQ(StateOf(rules, {"paper.example", "", day}), "unknown") << day;
  }
  EXPECT_EQ(WhyOf(rules, {"paper.example", "", ""}), "the page has no day of publication, and the rule has bounds");
}

TEST(LicenceRulesTest, PathLimitsARule) {
  const std::vector<LicenceRule> rules = {Rule("paper.example/wire/")};
  EXPECT_EQ(StateOf(rules, {"paper.example", "https://paper.example/wire/a", "2026-05-04"}), "licensed");
  EXPECT_EQ(StateOf(rules, {"paper.example", "https://paper.example/sport/a", "2026-05-04"}), "unknown");
  EXPECT_EQ(StateOf(rules, {"paper.example", "", "2026-05-04"}), "unknown");
  for (const char* const url : {"https://paper.example?x=/wire/", "https://paper.example#/wire/",
                                "https://paper.example/a?x=/wire/", "https://paper.example/wire/../a"})
    EXPECT_EQ(StateOf(rules, {"paper.example", url, "2026-05-04"}), "unknown") << url;
}

TEST(LicenceRulesTest, OneRuleThatCoversTheDayIsEnough) {
  const std::vector<LicenceRule> rules = {Rule("paper.example", "2020-01-01", "2020-12-31"),
                                          Rule("paper.example", "2026-01-01", "")};
  EXPECT_EQ(StateOf(rules, {"paper.example", "", "2026-05-04"}), "licensed");
  EXPECT_EQ(StateOf(rules, {"paper.example", "", "2023-05-04"}), "unlicensed");
}

TEST(LicenceRulesTest, SectionOrFeedOfOursLimitsARule) {
  const LicensedSide suspect = {"paper.example", "", "2026-05-04"};
  const std::vector<LicenceRule> section = {Rule("paper.example", "", "", "news.example/sport/")};
  EXPECT_EQ(StateOf(section, suspect, {"", "https://www.news.example/sport/final", ""}), "licensed");
  EXPECT_EQ(StateOf(section, suspect, {"", "https://news.example/politics/a", ""}), "unlicensed");
  EXPECT_EQ(WhyOf(section, suspect, {"", "https://news.example/politics/a", ""}),
            "the licence is for news.example/sport/");
  EXPECT_EQ(StateOf(section, suspect, {"", "", ""}), "unknown");
  const std::vector<LicenceRule> feed = {Rule("paper.example", "", "", "Harbour Sport")};
  EXPECT_EQ(StateOf(feed, suspect, {"harbour sport", "", ""}), "licensed");
  EXPECT_EQ(StateOf(feed, suspect, {"Harbour News", "", ""}), "unlicensed");
}

TEST(LicenceRulesTest, MostSpecificRuleDecides) {
  LicenceRule all = Rule("paper.example"), path = Rule("paper.example/own/"), section = all, fair = all, own = all;
  path.state = "own-site";
  section.original = "news.example/sport/";
  section.credit = true;
  fair.state = "fair-dealing";
  std::vector<LicenceRule> rules = {all, path, section, fair};
  std::sort(rules.begin(), rules.end(),
            [](const LicenceRule& a, const LicenceRule& b) { return InWords(a) < InWords(b); });
  const LicensedSide suspect = {"", "https://paper.example/own/a", "2026-05-04"};
  do {
    EXPECT_EQ(*ChooseLicence(rules, suspect, kOurs).rule, path);
    EXPECT_EQ(*ChooseLicence(rules, {"paper.example", "", ""}, kOurs).rule, section);
    EXPECT_EQ(*ChooseLicence(rules, {"paper.example", "", ""}, {"", "https://news.example/x", ""}).rule, all);
  } while (std::next_permutation(rules.begin(), rules.end(),
                                 [](const LicenceRule& a, const LicenceRule& b) { return InWords(a) < InWords(b); }));
  own.state = "own-site";
  EXPECT_EQ(StateOf({fair, all, own}, {"paper.example", "", ""}), "own-site");
}

Report OneFinding() {
  Report report;
  report.suspect.id = "s";
  report.suspect.site = "paper.example";
  report.suspect.published = "2026-05-04";
  report.suspect.text = "The ferry.";
  Finding& finding = report.findings.emplace_back();
  finding.verdict = Verdict::kCopy;
  finding.manner = Manner::kCopy;
  finding.original.id = "o";
  finding.original.url = "https://news.example/sport/final";
  finding.original.site = "news.example";
  finding.probability = 0.9;
  return report;
}

TEST(ApplyLicencesTest, EveryFindingGetsALicence) {
  Report report = OneFinding();
  report.findings.push_back(report.findings.front());
  report.findings.back().original.url = "https://news.example/politics/a";
  ApplyLicences(std::vector<LicenceRule>{Rule("paper.example", "", "", "news.example/sport/")}, report);
  ASSERT_TRUE(report.findings[0].licence && report.findings[1].licence);
  EXPECT_EQ(report.findings[0].licence->text, "licensed");
  EXPECT_EQ(report.findings[0].licence->rule, "paper.example may use news.example/sport/");
  EXPECT_EQ(report.findings[1].licence->text, "not licensed: the licence is for news.example/sport/");
  ApplyLicences({}, report);
  EXPECT_EQ(report.findings[0].licence->text, "licence unknown: no rule names the site");
}

TEST(ApplyLicencesTest, VerdictAndNumbersStay) {
  Report report = OneFinding();
  LicenceRule rule = Rule("paper.example");
  rule.state = "own-site";
  ApplyLicences(std::vector<LicenceRule>{rule}, report);
  EXPECT_EQ(report.findings[0].verdict, Verdict::kCopy);
  EXPECT_EQ(report.findings[0].probability, 0.9);
}

TEST(ApplyLicencesTest, TheMostWantedSentence) {
  Report report = OneFinding();
  report.notices.push_back({"byline", "removed", "By Ann Writer", "", {}});
  LicenceRule rule = Rule("paper.example");
  rule.credit = true;
  ApplyLicences(std::vector<LicenceRule>{rule}, report);
  EXPECT_EQ(report.findings[0].licence->text, "licensed, but the credit was removed");
  EXPECT_EQ(report.findings[0].licence->state, "licensed");
}

TEST(ApplyLicencesTest, ACopyThatClaimsTheOriginalsSiteIsUnknown) {
  Report report = OneFinding();
  report.suspect.site = "";
  report.suspect.url = "https://news.example/sport/final";
  report.suspect.reading.chosen = "main-text";
  report.suspect.marks = {{"canonical", "https://news.example/sport/final", "o"}};
  LicenceRule rule = Rule("news.example");
  rule.state = "own-site";
  const std::vector<LicenceRule> rules = {rule};
  ApplyLicences(rules, report);
  EXPECT_EQ(report.findings[0].licence->state, "unknown");
  for (const char* const host : {"https://amp.news.example/x", "https://www.news.example/x"}) {
    report.suspect.url = report.suspect.marks[0].value = host;
    ApplyLicences(rules, report);
    EXPECT_EQ(report.findings[0].licence->state, "unknown") << host;
  }
  report.suspect.record = 1;  // somebody else recorded the address
  ApplyLicences(rules, report);
  EXPECT_EQ(report.findings[0].licence->state, "own-site");
}

TEST(ApplyLicencesTest, ACopyThatHasTheNameOfTheOriginalsSiteIsUnknown) {
  Report report = OneFinding();
  report.suspect.reading.chosen = "main-text";
  LicenceRule rule = Rule("news.example");
  rule.state = "own-site";
  const std::vector<LicenceRule> rules = {rule};
  for (const char* const url : {"", "https://copy.example/a"}) {
    for (const char* const name : {"news.example", "News.Example", "www.news.example"}) {
      report.suspect.url = url;
      report.suspect.site = name;
      ApplyLicences(rules, report);
      EXPECT_EQ(report.findings[0].licence->text,
                "licence unknown: the page gives its site the name of the original's, as copies do");
    }
  }
  report.suspect.url = "https://news.example/a";  // nothing on the page says so
  ApplyLicences(rules, report);
  EXPECT_EQ(report.findings[0].licence->state, "own-site");
}

TEST(RulesForTest, TheyGiveTheSameLicencesAsAll) {
  const std::vector<LicenceRule> rules = {Rule("other.example"), Rule("paper.example", "2027-01-01"),
                                          Rule("paper.example/wire/"), Rule("aper.example"),
                                          Rule("paper.example", "", "", "news.example/sport/")};
  Report report = OneFinding();
  const std::vector<LicenceRule> few = RulesFor(rules, report);
  EXPECT_EQ(few, (std::vector<LicenceRule>{rules[1], rules[2], rules[4]}));
  Report with_few = report;
  ApplyLicences(rules, report);
  ApplyLicences(few, with_few);
  EXPECT_EQ(report.findings[0].licence->text, with_few.findings[0].licence->text);
  EXPECT_EQ(report.findings[0].licence->rule, with_few.findings[0].licence->rule);
}

}  // namespace
}  // namespace unspin
