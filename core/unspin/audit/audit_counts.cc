#include "unspin/audit/audit_counts.h"

#include <numeric>

#include "unspin/date/parse_date.h"

namespace unspin {

std::optional<uint64_t> DaysBetween(std::string_view a, std::string_view b) {
  const auto first = DayOf(ParseDate(a)), second = DayOf(ParseDate(b));
  if (!first || !second) return std::nullopt;
  const auto days = *second - *first;
  return static_cast<uint64_t>(days < 0 ? -days : days);
}

SuspectOutcome OutcomeOf(const Report& report) {
  SuspectOutcome outcome;
  outcome.verdict = report.summary.verdict;
  for (const Finding& finding : report.findings) {
    outcome.findings.push_back(
        {finding.verdict, finding.probability, DaysBetween(finding.original.published, report.suspect.published)});
  }
  return outcome;
}

void AuditCounts::Add(const SuspectOutcome& outcome) {
  ++suspects;
  ++suspects_of[static_cast<size_t>(outcome.verdict)];
  for (const FindingOutcome& finding : outcome.findings) {
    if (!NamesOriginal(finding.verdict)) continue;
    ++findings_of[static_cast<size_t>(finding.verdict)];
    expected_false += 1 - finding.probability;
    dated += finding.days_apart.has_value();
    far_apart += finding.days_apart.value_or(0) > kMaxDaysApart;
  }
}

void AuditCounts::Add(const AuditCounts& other) {
  suspects += other.suspects;
  for (size_t i = 0; i < kVerdicts; ++i) {
    suspects_of[i] += other.suspects_of[i];
    findings_of[i] += other.findings_of[i];
  }
  expected_false += other.expected_false;
  dated += other.dated;
  far_apart += other.far_apart;
}

uint64_t AuditCounts::findings() const {
  return std::accumulate(std::begin(findings_of), std::end(findings_of), uint64_t{0});
}

}  // namespace unspin
