// Which sites may carry our articles, since when and on what terms: rules that people enter, and what they say of each
// case. How a rule is matched is licence/licence_rules.h.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "server/database.h"
#include "server/desk_records.h"
#include "server/desk_writer.h"

namespace unspin::server {

// SQL that makes the table of rules; and the later one that adds their terms, and to cases the sentence of the licence
// and what it is computed from.
extern const char* const kLicenceTables;
extern const char* const kLicenceTerms;

// What the licence of a case is computed from: the report without texts and without all findings but the first, as one
// line of JSON. Small, so that a rule that changes needs no report to be read. Empty where `report` is none.
std::string LicenceFacts(std::string_view report);

absl::StatusOr<std::vector<StoredLicence>> ReadLicences(const Database& database);

// "licensed" and so on, as of this day, for a site as a whole: a rule that is for some of our articles counts.
std::string LicenceOfSite(std::span<const StoredLicence> rules, std::string_view site, std::string_view day);

// Stores the facts of a case's report, and sets its licence by the rules.
absl::Status SetLicenceOfCase(const Database& database, int64_t case_id, const std::string& facts);

// These also set the licences of the cases that the rules are about. All fail with InvalidArgument where a rule is
// wrong, and with NotFound where there is none of this number.
absl::StatusOr<StoredLicence> AddLicenceRule(Writing& writing, const LicenceRule& rule, const Who& who);
absl::StatusOr<StoredLicence> ChangeLicenceRule(Writing& writing, int64_t id, const LicenceRule& rule, const Who& who);
absl::Status RemoveLicenceRule(Writing& writing, int64_t id, const Who& who);
// Adds the rules that are not there. `replaces`: removes those that are not among them.
absl::StatusOr<LicenceImport> ImportLicenceRules(Writing& writing, std::span<const LicenceRule> rules, bool replaces,
                                                 const Who& who);

}  // namespace unspin::server
