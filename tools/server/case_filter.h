// Which cases of the inbox, in which order, from where on: from a filter to SQL.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "server/database.h"
#include "server/desk_records.h"

namespace unspin::server {

inline constexpr size_t kDefaultCasesPerPage = 100;
inline constexpr size_t kMaxCasesPerPage = 1000;

// Empty texts and absent numbers do not filter. Several words of `state`, `decision`, `verdict` and `licence` are
// separated by commas: any of them.
struct CaseFilter {
  std::string state = {};
  std::string decision = {};
  std::string verdict = {};
  std::string site = {};
  std::string assignee = {};  // "-": nobody's
  std::string licence = {};
  std::string original = {};  // id of an article that any finding of the case names
  std::string query = {};     // words that all occur in title, address, site, note or the text's beginning
  std::optional<double> min_probability = {};
  std::optional<double> min_coverage = {};  // of our article
  int64_t audit = 0;                        // job that opened them; 0: any
  std::string sort = "-updated";            // a key of kCaseSortKeys; '-' in front: descending
  size_t limit = kDefaultCasesPerPage;
  std::string after = {};  // `CasePage::next` of the page before, for the same filter and sort
  bool with_total = true;  // false: `total` stays 0, which saves a count
};

inline constexpr const char* kCaseSortKeys[] = {"updated",  "created", "published", "probability",
                                                "coverage", "site",    "title",     "id"};

struct CasePage {
  int64_t total = 0;
  std::vector<CaseRow> cases;
  std::string next;  // empty: this is the last page
};

// SQL that makes the indices that FindCasesBy uses.
extern const char* const kFilterIndices;

// InvalidArgument: an unknown word or sort key, or a cursor of another sort.
absl::StatusOr<CasePage> FindCasesBy(const Database& database, const CaseFilter& filter);

}  // namespace unspin::server
