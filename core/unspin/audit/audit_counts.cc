#include "unspin/audit/audit_counts.h"

#include <algorithm>
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
    FindingOutcome& one = outcome.findings.emplace_back();
    one.verdict = finding.verdict;
    one.probability = finding.probability;
    one.days_apart = DaysBetween(finding.original.published, report.suspect.published);
    if (!finding.licence) continue;
    const auto state = std::find(kLicenceStates.begin(), kLicenceStates.end(), finding.licence->state);
    if (state != kLicenceStates.end()) one.licence = static_cast<size_t>(state - kLicenceStates.begin());
    const std::vector<LicenceTerm>& terms = finding.licence->terms;
    one.has_broken_term =
        std::any_of(terms.begin(), terms.end(), [](const LicenceTerm& term) { return term.state == "broken"; });
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
    if (finding.licence) ++licences_of[*finding.licence];
    broken_terms += finding.has_broken_term;
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
  for (size_t i = 0; i < kLicenceStates.size(); ++i) licences_of[i] += other.licences_of[i];
  broken_terms += other.broken_terms;
}

uint64_t AuditCounts::findings() const {
  return std::accumulate(std::begin(findings_of), std::end(findings_of), uint64_t{0});
}

bool AuditCounts::has_licences() const {
  return std::any_of(std::begin(licences_of), std::end(licences_of), [](uint64_t count) { return count > 0; });
}

}  // namespace unspin
