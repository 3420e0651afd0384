// The full-text index over cases: title, address, site, notes, and the beginning of the suspect's text.
//
// The cases are indexed in parts by their ids, each part a table of FTS5. SQLite before 3.42 keeps the words of what
// was taken out of a table until all of that table is merged: a part is small, so nobody waits for that.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "server/database.h"

namespace unspin::server {

// Merging a part of so many cases takes a fifth of a second, and searching one costs 0.1 ms more than its share.
inline constexpr int64_t kCasesPerSearchPart = 2000;

// Puts a case into the index, or takes it out. The index stores no texts, so a case must be taken out before what is
// indexed of it changes, and put in again afterwards.
absl::Status IndexCase(const Database& database, int64_t case_id);
absl::Status UnindexCase(const Database& database, int64_t case_id);

// Makes the words go that these cases had in the index before they were taken out of it.
absl::Status ForgetUnindexedWords(const Database& database, std::span<const int64_t> case_ids);

// What a person typed as an expression of FTS5: all words must occur, "quoted words" one behind the other, and the last
// word may be the beginning of one if it has three letters. Empty where there is no word in it.
std::string SearchExpression(std::string_view typed);

// The cases that an expression finds, among those with ids up to `newest`.
absl::StatusOr<IdSet> SearchCases(const Database& database, const std::string& expression, int64_t newest);

}  // namespace unspin::server
