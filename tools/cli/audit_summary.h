// What an audit found as a whole, as JSON: counts, and how many findings are likely to be false.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/audit_sample.h"
#include "unspin/audit/audit_counts.h"
#include "unspin/audit/site_counts.h"

namespace unspin::cli {

// What is summed up; parts that a run does not have are left out.
struct AuditSummary {
  struct Run {
    std::string archive;  // fingerprint
    uint64_t archive_articles = 0, bad_records = 0;
    AuditCounts counts;
    std::vector<CountedSite> sites;
    AuditCounts other_sites;  // all that are not among `sites`
  };
  static constexpr size_t kMaxSites = 10'000;  // that are listed
  std::optional<Run> run;
  std::optional<Readings> readings;
};

// "-" is standard output. False after an error was printed.
bool WriteAuditSummary(const std::string& path, const AuditSummary& summary);

// A table of the sites with most findings, in lines with a line feed each; empty where no finding's suspect names its
// site.
std::string LargestSitesInWords(const SiteCounts& sites);

// "licence of the findings: licensed 3, 2 of them with a broken term; unlicensed 1". Empty where no rules were given.
std::string LicencesInWords(const AuditCounts& counts);

// "precision 0.93 (0.86 to 0.97), …", by verdict.
std::string PrecisionInWords(const Readings& readings);

}  // namespace unspin::cli
