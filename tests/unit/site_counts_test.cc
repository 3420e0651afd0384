#include "unspin/audit/site_counts.h"

#include <gtest/gtest.h>

namespace unspin {
namespace {

const SuspectOutcome kInnocent{Verdict::kIndependent, {}};
const SuspectOutcome kSpun{Verdict::kSpun, {{Verdict::kSpun, 0.75, {}}}};
const SuspectOutcome kTwice{Verdict::kCopy, {{Verdict::kCopy, 1, {}}, {Verdict::kExcerpt, 0.5, {}}}};

std::vector<std::string> Names(const std::vector<CountedSite>& sites) {
  std::vector<std::string> names;
  for (const CountedSite& site : sites) names.push_back(site.name);
  return names;
}

TEST(SiteCountsTest, EachSiteCountsItsOwn) {
  SiteCounts sites;
  sites.Add("post.example", kSpun);
  sites.Add("", kInnocent);
  sites.Add("post.example", kInnocent);
  AuditCounts others;
  const auto all = sites.Largest(10, others);
  ASSERT_EQ(Names(all), (std::vector<std::string>{"post.example", ""}));
  EXPECT_EQ(all[0].counts.suspects, 2u);
  EXPECT_EQ(all[0].counts.findings(), 1u);
  EXPECT_EQ(all[0].counts.expected_false, 0.25);
  EXPECT_EQ(all[1].counts.suspects, 1u);
  EXPECT_EQ(others.suspects, 0u);
}

TEST(SiteCountsTest, OrderIsByFindingsThenSuspectsThenName) {
  SiteCounts sites;
  for (const char* site : {"b", "a", "many", "many", "few", "most"}) sites.Add(site, kInnocent);
  sites.Add("few", kSpun);
  sites.Add("most", kTwice);
  AuditCounts others;
  EXPECT_EQ(Names(sites.Largest(10, others)), (std::vector<std::string>{"most", "few", "many", "a", "b"}));
}

TEST(SiteCountsTest, SitesBeyondTheLimitsAreSummedUp) {
  SiteCounts sites(3);
  for (const char* site : {"a", "b", "c", "d", "e", "a"}) sites.Add(site, kSpun);
  AuditCounts others;
  EXPECT_EQ(Names(sites.Largest(10, others)), (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_EQ(others.suspects, 2u);
  EXPECT_EQ(Names(sites.Largest(1, others)), (std::vector<std::string>{"a"}));
  EXPECT_EQ(others.suspects, 4u);
  EXPECT_EQ(others.findings(), 4u);
}

TEST(SiteCountsTest, LongNamesAreCutBetweenCharacters) {
  SiteCounts sites;
  const std::string begin(SiteCounts::kMaxName - 1, 'x');
  sites.Add(begin + "é" + std::string(1000, 'y'), kSpun);
  sites.Add(begin + "z", kSpun);
  AuditCounts others;
  EXPECT_EQ(Names(sites.Largest(10, others)), (std::vector<std::string>{begin, begin + "z"}));
}

}  // namespace
}  // namespace unspin
