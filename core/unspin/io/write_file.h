// Writes a whole file: atomically, durably, or in place.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace unspin {

// Replaces the file at `path` by one that holds `bytes`, through a temporary file and rename(2): a reader, or a machine
// that loses power, sees either the old file or the new one. Returns once the disk holds it. Leaves no temporary file
// behind on failure. Devices and pipes are written in place.
absl::Status WriteFileAtomically(const std::string& path, std::string_view bytes);
// The same; the file holds `chunks` one after the other.
absl::Status WriteFileAtomically(const std::string& path, std::span<const std::string_view> chunks);

// Writes a new file and returns once the disk holds it. An existing file is an error. On failure the file is removed.
absl::Status WriteFileDurably(const std::string& path, std::string_view bytes);

// Overwrites the file, or creates it. Neither atomic nor flushed: for one of many outputs that a second run would write
// again. Devices and pipes take the bytes as they come.
absl::Status WriteFileInPlace(const std::string& path, std::string_view bytes);

}  // namespace unspin
