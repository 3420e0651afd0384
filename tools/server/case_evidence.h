// A case's report together with everything it was computed from: for packs and notices.
#pragma once

#include "absl/status/statusor.h"
#include "evidence/evidence.h"
#include "server/desk_records.h"
#include "server/service.h"
#include "unspin/report/report.h"

namespace unspin::server {

// The report is the one that the case has now, byte for byte. FailedPrecondition, with what to do, where the texts were
// erased, or where what the report was made from was not kept and the archive or the program has changed since.
absl::StatusOr<evidence::Evidence> EvidenceOf(Service& service, const Case& of, Workspace& workspace);

// The report of the evidence with what the desk's licence rules say of each finding today.
absl::StatusOr<Report> LicensedReport(Service& service, const evidence::Evidence& made);

}  // namespace unspin::server
