// The answers that routes give: JSON, reports, and errors of the library as HTTP says them.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "server/http_server.h"

namespace unspin::server {

// REQUIRES: `json` is a JSON value.
Response JsonAnswer(std::string json, int status = 200);

// NotFound → 404, FailedPrecondition → 412, InvalidArgument → 400, AlreadyExists → 409, Unavailable → 503; any other
// error is one of the server (500), whose message the answer keeps for the log.
// REQUIRES: !status.ok().
Response ErrorAnswer(const absl::Status& status);

// Whether an Accept header prefers `type` to JSON, or a query asks for the format `name`.
bool Wants(const Request& request, std::string_view type, std::string_view name);

}  // namespace unspin::server
