// Errors of the operating system as statuses that name the file and what to do.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace unspin {

// The message is "PATH: WHAT: the system's text for ERROR_NUMBER; advice". `what` is such as "cannot open".
// `error_number` is an errno value.
absl::Status FileError(const std::string& path, std::string_view what, int error_number);

}  // namespace unspin
