#include "server/licence_rules.h"

#include <gtest/gtest.h>

#include <vector>

namespace unspin::server {
namespace {

LicenceRule Rule(const char* site, const char* from, const char* to) {
  return {1, {site, from, to, "", ""}, "Ana", "2026-01-01T00:00:00.000Z"};
}

TEST(LicenceRulesTest, SiteWithoutRuleIsUnknown) {
  const std::vector<LicenceRule> rules = {Rule("paper.example", "", "")};
  EXPECT_EQ(LicenceUnder(rules, "other.example", "", "2026-05-04"), "unknown");
  EXPECT_EQ(LicenceUnder(rules, "", "", "2026-05-04"), "unknown");
}

TEST(LicenceRulesTest, DomainCoversItsSubdomainsOnly) {
  const std::vector<LicenceRule> rules = {Rule("paper.example", "", "")};
  EXPECT_EQ(LicenceUnder(rules, "paper.example", "", ""), "licensed");
  EXPECT_EQ(LicenceUnder(rules, "news.paper.example", "", ""), "licensed");
  EXPECT_EQ(LicenceUnder(rules, "newspaper.example", "", "2026-05-04"), "unknown");
}

TEST(LicenceRulesTest, HostOfTheAddressIsCoveredWhateverTheSiteIsCalled) {
  for (const char* of_rule : {"paper.example", "www.paper.example"}) {
    const std::vector<LicenceRule> rules = {Rule(of_rule, "", "")};
    for (const char* site : {"", "Daily Money Brief"}) {
      EXPECT_EQ(LicenceUnder(rules, site, "https://www.paper.example/a", "2026-05-04"), "licensed") << site;
      EXPECT_EQ(LicenceUnder(rules, site, "https://other.example/a", "2026-05-04"), "unknown") << site;
    }
  }
}

TEST(LicenceRulesTest, BothDaysAreIncluded) {
  const std::vector<LicenceRule> rules = {Rule("paper.example", "2026-01-01", "2026-12-31")};
  EXPECT_EQ(LicenceUnder(rules, "paper.example", "", "2025-12-31"), "unlicensed");
  EXPECT_EQ(LicenceUnder(rules, "paper.example", "", "2026-01-01"), "licensed");
  EXPECT_EQ(LicenceUnder(rules, "paper.example", "", "2026-12-31T23:59:59Z"), "licensed");
  EXPECT_EQ(LicenceUnder(rules, "paper.example", "", "2027-01-01"), "unlicensed");
}

TEST(LicenceRulesTest, UnknownDayAccusesNobody) {
  const std::vector<LicenceRule> rules = {Rule("paper.example", "2026-01-01", "")};
  EXPECT_EQ(LicenceUnder(rules, "paper.example", "", ""), "unknown");
  EXPECT_EQ(LicenceUnder(rules, "paper.example", "", "2026"), "unknown");
}

TEST(LicenceRulesTest, PathLimitsARule) {
  const std::vector<LicenceRule> rules = {Rule("paper.example/wire/", "", "")};
  EXPECT_EQ(LicenceUnder(rules, "paper.example", "https://paper.example/wire/a", "2026-05-04"), "licensed");
  EXPECT_EQ(LicenceUnder(rules, "paper.example", "https://paper.example/sport/a", "2026-05-04"), "unknown");
  EXPECT_EQ(LicenceUnder(rules, "paper.example", "", "2026-05-04"), "unknown");
}

TEST(LicenceRulesTest, OneRuleThatCoversTheDayIsEnough) {
  const std::vector<LicenceRule> rules = {Rule("paper.example", "2020-01-01", "2020-12-31"),
                                          Rule("paper.example", "2026-01-01", "")};
  EXPECT_EQ(LicenceUnder(rules, "paper.example", "", "2026-05-04"), "licensed");
  EXPECT_EQ(LicenceUnder(rules, "paper.example", "", "2023-05-04"), "unlicensed");
}

}  // namespace
}  // namespace unspin::server
