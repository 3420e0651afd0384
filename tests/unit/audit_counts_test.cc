#include "unspin/audit/audit_counts.h"

#include <gtest/gtest.h>

namespace unspin {
namespace {

TEST(DaysBetweenTest, CountsDaysWhicheverIsFirst) {
  EXPECT_EQ(DaysBetween("2024-02-28", "2024-03-01"), 2u);
  EXPECT_EQ(DaysBetween("2024-03-01T23:59:00Z", "2024-02-28T00:01"), 2u);
  EXPECT_EQ(DaysBetween("2023-12-31", "2023-12-31"), 0u);
  EXPECT_EQ(DaysBetween("1999-12-31", "2001-01-01"), 367u);
  EXPECT_EQ(DaysBetween("Thu, 29 Feb 2024 10:00:00 GMT", "2024/02/01"), 28u);
}

TEST(DaysBetweenTest, ATextWithoutADayHasNone) {
  for (const char* text : {"", "2024", "2024-02", "2024-02-30", "2024-13-01", "Monday, 4 March", "20240201xx",
                           "-024-02-01", "2024- 2-01"}) {
    EXPECT_EQ(DaysBetween(text, "2024-02-01"), std::nullopt) << text;
    EXPECT_EQ(DaysBetween("2024-02-01", text), std::nullopt) << text;
  }
}

TEST(AuditCountsTest, OnlyFindingsThatNameAnOriginalCount) {
  AuditCounts counts;
  counts.Add({Verdict::kExcerpt, {{Verdict::kExcerpt, 0.75, 8}, {Verdict::kCopy, 0.5, 7}, {Verdict::kCopy, 1, {}}}});
  counts.Add({Verdict::kIndependent, {{Verdict::kCommonSource, 0.5, 100}, {Verdict::kIndependent, 0.1, 100}}});
  EXPECT_EQ(counts.suspects, 2u);
  EXPECT_EQ(counts.suspects_of[static_cast<size_t>(Verdict::kIndependent)], 1u);
  EXPECT_EQ(counts.findings(), 3u);
  EXPECT_EQ(counts.findings_of[static_cast<size_t>(Verdict::kCopy)], 2u);
  EXPECT_EQ(counts.expected_false, 0.75);
  EXPECT_EQ(counts.dated, 2u);
  EXPECT_EQ(counts.far_apart, 1u);
}

TEST(AuditCountsTest, LicencesAreCountedByState) {
  Report report;
  report.findings.resize(3);
  for (Finding& finding : report.findings) finding.verdict = Verdict::kCopy;
  report.findings[0].licence = Licence{"licensed", "", {{"credit", "broken", ""}, {"link", "kept", ""}}, ""};
  report.findings[1].licence = Licence{"own-site", "", {{"embargo", "unknown", ""}}, ""};
  AuditCounts counts;
  EXPECT_FALSE(counts.has_licences());
  counts.Add(OutcomeOf(report));
  report.findings[0].verdict = Verdict::kCommonSource;  // names no original
  counts.Add(OutcomeOf(report));
  AuditCounts sum;
  sum.Add(counts);
  EXPECT_EQ(sum.licences_of[0], 1u);
  EXPECT_EQ(sum.licences_of[3], 2u);
  EXPECT_EQ(sum.broken_terms, 1u);
  EXPECT_TRUE(sum.has_licences());
}

TEST(AuditCountsTest, SumsAreThoseOfAllOutcomesTogether) {
  const SuspectOutcome one{Verdict::kSpun, {{Verdict::kSpun, 0.75, 8}, {Verdict::kExcerpt, 0.5, {}}}};
  const SuspectOutcome two{Verdict::kCopy, {{Verdict::kCopy, 0.875, 1}}};
  AuditCounts first, second, together;
  first.Add(one);
  second.Add(two);
  first.Add(second);
  together.Add(one);
  together.Add(two);
  EXPECT_EQ(first.suspects, together.suspects);
  EXPECT_EQ(first.findings(), 3u);
  for (size_t i = 0; i < kVerdicts; ++i) {
    EXPECT_EQ(first.suspects_of[i], together.suspects_of[i]);
    EXPECT_EQ(first.findings_of[i], together.findings_of[i]);
  }
  EXPECT_EQ(first.expected_false, together.expected_false);
  EXPECT_EQ(first.dated, together.dated);
  EXPECT_EQ(first.far_apart, together.far_apart);
}

TEST(AuditCountsTest, TakesDatesFromBothSidesOfAReport) {
  Report report;
  report.summary.verdict = Verdict::kSpun;
  report.suspect.published = "2026-03-05";
  for (const char* published : {"2026-03-01", ""}) {
    report.findings.emplace_back().original.published = published;
    report.findings.back().verdict = Verdict::kSpun;
  }
  const SuspectOutcome outcome = OutcomeOf(report);
  EXPECT_EQ(outcome.verdict, Verdict::kSpun);
  ASSERT_EQ(outcome.findings.size(), 2u);
  EXPECT_EQ(outcome.findings[0].days_apart, 4u);
  EXPECT_EQ(outcome.findings[1].days_apart, std::nullopt);
}

}  // namespace
}  // namespace unspin
