// Reads a whole file into memory.
#pragma once

#include <cstdint>
#include <limits>
#include <string>

#include "absl/status/statusor.h"

namespace unspin {

// The bytes of a regular file. Fails, and reads nothing, where it has more than `max_bytes`. For a small file this is
// faster than to map it and to take its page faults.
absl::StatusOr<std::string> ReadFile(const std::string& path,
                                     uint64_t max_bytes = std::numeric_limits<uint64_t>::max());

}  // namespace unspin
