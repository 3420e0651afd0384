// What the desk keeps, as the JSON that the service answers with.
#pragma once

#include <span>
#include <string>

#include "render/json_writer.h"
#include "server/desk_records.h"

namespace unspin::server {

// Each writes one JSON value. Optional texts that are empty and numbers that are absent are null.
void WriteCaseRow(const CaseRow& row, JsonWriter& json);
void WriteExclusion(const Exclusion& exclusion, JsonWriter& json);
void WriteHistoryRow(const HistoryRow& row, JsonWriter& json);
void WriteSiteCard(const SiteCard& card, JsonWriter& json);
void WriteOriginalCase(const OriginalCase& row, JsonWriter& json);
void WriteLicenceRule(const StoredLicence& rule, JsonWriter& json);
void WriteAuditJob(const AuditJob& job, JsonWriter& json);
void WriteLogCheck(const LogCheck& check, JsonWriter& json);
void WriteChange(const Change& change, JsonWriter& json);

// {"case", "report", "exclusions", "history"}; the report is null where the texts of the case were erased.
std::string CaseJson(const Case& of);

// Cases as CSV (RFC 4180) with a line of names; a text that a spreadsheet would take for a formula gets an apostrophe.
extern const char* const kCaseCsvHeader;
std::string CaseCsvLine(const CaseRow& row);

}  // namespace unspin::server
