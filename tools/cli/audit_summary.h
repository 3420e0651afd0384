// What an audit found as a whole, as JSON: counts, and how many findings are likely to be false.
#pragma once

#include <optional>
#include <string>

#include "cli/audit_sample.h"
#include "unspin/audit/audit_counts.h"

namespace unspin::cli {

// What is summed up; parts that a run does not have are left out.
struct AuditSummary {
  struct Run {
    std::string archive;  // fingerprint
    uint64_t archive_articles = 0, bad_records = 0;
    AuditCounts counts;
  };
  std::optional<Run> run;
  std::optional<Readings> readings;
};

// "-" is standard output. False after an error was printed.
bool WriteAuditSummary(const std::string& path, const AuditSummary& summary);

// What a line of an earlier run counts for; a line that is no report counts as a suspect that was not judged.
SuspectOutcome OutcomeOfLine(const std::string& report);

// "precision 0.93 (0.86 to 0.97), …", by verdict.
std::string PrecisionInWords(const Readings& readings);

}  // namespace unspin::cli
