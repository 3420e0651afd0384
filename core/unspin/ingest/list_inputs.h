// Names of files and folders → the files to read, in a fixed order.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace unspin {

struct InputPath {
  std::string path;     // "-" for standard input
  std::string problem;  // not empty: why it cannot be read, as far as a listing shows
};

// Files below a folder come in name order. Symbolic links are followed; a folder is entered once. Names that begin with
// a dot are skipped. Fails, and names all of them, if inputs do not exist.
absl::StatusOr<std::vector<InputPath>> ListInputs(const std::vector<std::string>& inputs);

// The bytes of all inputs, as stored; nothing if one of them has no size, such as standard input.
std::optional<uint64_t> TotalBytes(const std::vector<InputPath>& inputs);

}  // namespace unspin
