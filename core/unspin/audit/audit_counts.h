// The reports of an audit → how many suspects and findings of each verdict, and which findings are suspicious by date.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "unspin/report/report.h"

namespace unspin {

inline constexpr size_t kVerdicts = static_cast<size_t>(Verdict::kInsufficient) + 1;

// Whether a finding says that one article derives from the other: excerpt and stronger.
inline bool NamesOriginal(Verdict verdict) { return verdict <= Verdict::kExcerpt; }

// Days between the days of two dates, whichever is first, each by the clock of its place. Nothing unless both have a
// day.
std::optional<uint64_t> DaysBetween(std::string_view a, std::string_view b);

// The states of a licence (Licence::state).
inline constexpr std::array<std::string_view, 5> kLicenceStates = {"licensed", "unlicensed", "unknown", "own-site",
                                                                   "fair-dealing"};

// What an audit counts of a finding.
struct FindingOutcome {
  Verdict verdict = Verdict::kUnrelated;
  double probability = 0;
  std::optional<uint64_t> days_apart;  // of the two articles, where both have a date
  std::optional<size_t> licence = {};  // in kLicenceStates; nothing where no rules were given
  bool has_broken_term = false;        // of its licence
};

struct SuspectOutcome {
  Verdict verdict = Verdict::kUnrelated;  // of the summary
  std::vector<FindingOutcome> findings;
};

SuspectOutcome OutcomeOf(const Report& report);

// Articles that appeared further apart than this are taken for innocent: news is seldom copied that late.
inline constexpr uint64_t kMaxDaysApart = 7;

struct AuditCounts {
  uint64_t suspects = 0;
  uint64_t suspects_of[kVerdicts] = {};
  uint64_t findings_of[kVerdicts] = {};              // those for which NamesOriginal is true
  double expected_false = 0;                         // sum of 1 − probability over these
  uint64_t dated = 0;                                // of these, pairs with two dates
  uint64_t far_apart = 0;                            // of these, more than kMaxDaysApart days apart
  uint64_t licences_of[kLicenceStates.size()] = {};  // of these, those with a licence, by its state
  uint64_t broken_terms = 0;                         // of these, those whose licence has a broken term

  void Add(const SuspectOutcome& outcome);
  void Add(const AuditCounts& other);
  uint64_t findings() const;
  bool has_licences() const;
};

}  // namespace unspin
