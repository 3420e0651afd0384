#include "unspin/audit/audit_counts.h"

#include <chrono>
#include <numeric>

namespace unspin {
namespace {

std::optional<std::chrono::sys_days> DayOf(std::string_view moment) {
  constexpr size_t kYear = 0, kMonth = 5, kDay = 8, kEnd = 10;  // positions in "2026-03-05"
  if (moment.size() < kEnd || moment[kMonth - 1] != '-' || moment[kDay - 1] != '-') return std::nullopt;
  for (size_t i = 0; i < kEnd; ++i) {
    if (i + 1 != kMonth && i + 1 != kDay && (moment[i] < '0' || moment[i] > '9')) return std::nullopt;
  }
  const auto number = [&](size_t begin, size_t size) {
    unsigned value = 0;
    for (const char digit : moment.substr(begin, size)) value = value * 10 + static_cast<unsigned>(digit - '0');
    return value;
  };
  const std::chrono::year_month_day day{std::chrono::year(static_cast<int>(number(kYear, 4))),
                                        std::chrono::month(number(kMonth, 2)), std::chrono::day(number(kDay, 2))};
  if (!day.ok()) return std::nullopt;
  return std::chrono::sys_days(day);
}

}  // namespace

std::optional<uint64_t> DaysBetween(std::string_view a, std::string_view b) {
  const auto first = DayOf(a), second = DayOf(b);
  if (!first || !second) return std::nullopt;
  const auto days = (*second - *first).count();
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

uint64_t AuditCounts::findings() const {
  return std::accumulate(std::begin(findings_of), std::end(findings_of), uint64_t{0});
}

}  // namespace unspin
