// A table of licence rules as CSV: what people write in a spreadsheet, and what is written back for them.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "unspin/licence/licence_rule.h"

namespace unspin {

inline constexpr size_t kMaxLicenceTableBytes = size_t{64} << 20;  // some hundred thousand rules

// `csv` has a first row with names of columns, in any order; only "site" must be there. Commas, semicolons and tabs
// part fields, a byte order mark and a line "sep=;" are skipped, and so are empty rows. Fails at the first wrong row;
// the message begins with `name` and the line.
absl::StatusOr<std::vector<LicenceRule>> ParseLicences(std::string_view csv, std::string_view name);

// What ParseLicences reads as the same rules, with all columns.
std::string RenderLicences(std::span<const LicenceRule> rules);

}  // namespace unspin
