// Texts as the desk stores them: one zstd frame each, which names its size and holds a checksum.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace unspin::server {

std::string PackBytes(std::string_view bytes);

// DataLoss where `packed` is no whole frame by PackBytes.
absl::StatusOr<std::string> UnpackBytes(std::string_view packed);

}  // namespace unspin::server
