// Reads a whole file into memory.
#pragma once

#include <string>

#include "absl/status/statusor.h"

namespace unspin {

// The bytes of a regular file. For a small file this is faster than to map it and to take its page faults.
absl::StatusOr<std::string> ReadFile(const std::string& path);

}  // namespace unspin
