// The view of a case's report: the kept one, or the same made again. What a report was made from is kept beside it.
#pragma once

#include <optional>
#include <string>

#include "server/desk_records.h"
#include "server/service.h"
#include "server/suspect_check.h"

namespace unspin::server {

// Keeps the view of a case's report and what it was made from, and returns the view. What could not be kept goes to the
// service's log.
std::string KeepReport(Service& service, int64_t case_id, const CheckedSuspect& checked);

// The view of the report that holds now. Nothing where the texts were erased. Where the kept view is missing and the
// archive has changed since, it shows what the engine finds today.
std::optional<std::string> CurrentView(Service& service, const Case& of, Workspace& workspace);

// The view of this report, which may be an earlier one of the case. Nothing where it is missing, and cannot be made
// again just as it was.
std::optional<std::string> ViewOf(Service& service, const Case& of, const std::string& report_id, Workspace& workspace);

}  // namespace unspin::server
