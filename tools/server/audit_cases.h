// Findings of an audit → cases.
#pragma once

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "server/desk_records.h"
#include "server/service.h"

namespace unspin::server {

// Which reports become cases: those with a finding at least this strong and this probable, in the order of the input.
struct CaseChoice {
  std::string verdict;  // a verdict's name
  double probability = 0;
  uint64_t limit = 0;
};

struct OpenedCases {
  uint64_t opened = 0, existed = 0;
};

// Reads the input of the audit again up to the last report that was chosen, and checks each suspect anew, because a
// case keeps its suspect's text and its report belongs to that. Fails where the input is not there any more, or has
// other suspects now.
absl::StatusOr<OpenedCases> OpenAuditCases(Service& service, const AuditJob& job, const CaseChoice& choice,
                                           const Who& who, Workspace& workspace);

}  // namespace unspin::server
