// A file on disk that may be an evidence pack → its bytes.
#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"

namespace unspin::evidence {

// The bytes of a regular file where it looks like a pack; nothing where it does not. A file of more bytes than a pack
// may have (kPackLimits) is not read: it fails where it begins as a zip does.
absl::StatusOr<std::optional<std::string>> ReadPackFile(const std::string& path);

}  // namespace unspin::evidence
