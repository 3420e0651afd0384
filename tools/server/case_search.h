// The full-text index over cases: title, address, site, notes, and the beginning of the suspect's text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "server/database.h"

namespace unspin::server {

// SQL that makes the index.
extern const char* const kSearchTables;

// Puts a case into the index, or takes it out. The index stores no texts, so a case must be taken out before what is
// indexed of it changes, and put in again afterwards.
absl::Status IndexCase(const Database& database, int64_t case_id);
absl::Status UnindexCase(const Database& database, int64_t case_id);

// SQLite keeps the words of what was taken out until it merges parts of the index. This makes them go.
absl::Status ForgetUnindexedWords(const Database& database);

// What a person typed as an expression of FTS5: all words must occur, "quoted words" one behind the other, and the last
// word may be the beginning of one if it has three letters. Empty where there is no word in it.
std::string SearchExpression(std::string_view typed);

}  // namespace unspin::server
