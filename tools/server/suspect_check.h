// A suspect's bytes → its report, with the options of a request or without the passages that a person excluded.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "render/json.h"
#include "server/arguments.h"
#include "server/http_message.h"
#include "server/read_body.h"
#include "server/service.h"
#include "unspin/engine/check_basis.h"

namespace unspin::server {

// A report and how it is written down.
struct CheckedSuspect {
  Report report;
  JsonOptions json;
  std::string text;                      // of the suspect, as the engine read it
  std::optional<CheckBasis> basis = {};  // what the report was made from; only of cases
};

// What the report of a case is made from, besides the archive.
struct CaseSuspect {
  Article article;
  ReaderOptions reader;
  CheckOptions check;
  JsonOptions json;
};

// Spans in the reports of cases count bytes of the suspect's text, as exclusions and the view do; those of a check
// count bytes of the record, as `unspin check` does unless it is told otherwise.
inline constexpr OffsetUnit kCaseOffsets = OffsetUnit::kText;

// `limit`, `all`, `prior` and `candidates` of a query, as the options of `unspin check`.
CheckOptions CheckOptionsOf(Arguments& arguments);
OffsetUnit OffsetsOf(Arguments& arguments);

// The report on an article that a body held.
absl::StatusOr<CheckedSuspect> CheckArticle(Service& service, ReadArticle suspect, const CheckOptions& options,
                                            OffsetUnit offsets, Workspace& workspace);
// The same for an article that becomes a case.
absl::StatusOr<CheckedSuspect> CheckNewCase(Service& service, ReadArticle suspect, Workspace& workspace);

// The suspect is read from its bytes as the body was, and has the address, title and dates that the case's report says.
// `exclusions`: those that were undone do not count.
absl::StatusOr<CaseSuspect> ReadCaseSuspect(const Case& of, const std::vector<Exclusion>& exclusions);
// The report on a case's suspect without what its exclusions name.
absl::StatusOr<CheckedSuspect> CheckCase(Service& service, const Case& of, const std::vector<Exclusion>& exclusions,
                                         Workspace& workspace);

// What a query says of a suspect whose body does not: `id`, `url`, `site`, `title`, `published`, `fetched`. An address
// without https:// gets it.
void TakeMetadata(const Request& request, Article& article);

}  // namespace unspin::server
