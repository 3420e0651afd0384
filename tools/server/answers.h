// The answers that routes give: reports, pages, and errors of the library as HTTP says them.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "server/http_message.h"

namespace unspin::server {

// NotFound → 404, Aborted → 412, FailedPrecondition → 409, InvalidArgument → 400, AlreadyExists → 409, PermissionDenied
// → 403, Unavailable → 503, ResourceExhausted → 507; any other error is one of the server, 500. REQUIRES: !status.ok().
Response ErrorAnswer(const absl::Status& status);

// A fragment of HTML, which the page of the desk puts into itself.
Response FragmentAnswer(std::string html);

// A whole page of HTML, which may load files of this server only, and run no script of its own.
Response PageAnswer(std::string html);

// 204: the change was made, and there is nothing to say about it.
Response NothingToSay();

// Whether the client wants this type rather than JSON: by `format=name` in the query, or by Accept.
bool Wants(const Request& request, std::string_view type, std::string_view name);

}  // namespace unspin::server
