// The tables of cases, and how their rows are read and checked.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "server/database.h"
#include "server/desk_records.h"

namespace unspin::server {

// SQL that makes the tables of cases.
extern const char* const kCaseTables;

// What to select for CaseRowOf: its columns from the table `cases`.
extern const char* const kCaseColumns;
inline constexpr int kCaseColumnCount = 29;
CaseRow CaseRowOf(const Statement& row);

// NotFound where there is no such case.
absl::StatusOr<CaseRow> ReadCaseRow(const Database& database, int64_t id);
absl::StatusOr<Suspect> ReadSuspect(const Database& database, int64_t case_id);
absl::StatusOr<std::vector<Exclusion>> ReadExclusions(const Database& database, int64_t case_id);
absl::StatusOr<std::vector<HistoryRow>> ReadHistory(const Database& database, int64_t case_id);
// NotFound also where it was erased.
absl::StatusOr<std::string> ReadReport(const Database& database, const std::string& report_id);
absl::StatusOr<int64_t> FindCaseOfReport(const Database& database, const std::string& report_id);
absl::StatusOr<Case> ReadCase(const Database& database, int64_t id);
absl::StatusOr<std::vector<OriginalCase>> ReadOriginalCases(const Database& database, const std::string& original_id);

// What is stored of cases against what the log says of them: number of changes, state, hashes of suspects and reports.
// The first problem in words; empty where there is none.
absl::StatusOr<std::string> ProblemOfCases(const Database& database);

}  // namespace unspin::server
