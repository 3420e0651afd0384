// Which sites may carry our articles, and since when: rules that people enter, and what they say of a page.
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

// SQL that makes the table of rules.
extern const char* const kLicenceTables;

// "licensed": a rule for the site or the host of `url`, and for the path of `url` where the rule has one, covers the
// day. "unlicensed": there are such rules, but none covers the day. "unknown": there is no rule, or the day is not
// known and no rule holds without bounds. `date` begins with YYYY-MM-DD or is empty.
std::string LicenceUnder(std::span<const LicenceRule> rules, std::string_view site, std::string_view url,
                         std::string_view date);

absl::StatusOr<std::vector<LicenceRule>> ReadLicences(const Database& database);
absl::StatusOr<std::string> ReadLicenceOf(const Database& database, std::string_view site, std::string_view url,
                                          std::string_view date);

// Both also set the licence of the cases that the rule is about.
absl::StatusOr<LicenceRule> AddLicenceRule(Writing& writing, const NewLicenceRule& rule, const Who& who);
absl::Status RemoveLicenceRule(Writing& writing, int64_t id, const Who& who);

}  // namespace unspin::server
