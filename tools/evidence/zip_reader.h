// A zip archive that anybody may have made → its files in memory, within limits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace unspin::evidence {

struct ZipLimits {
  uint64_t zip_bytes;    // of the archive
  size_t files;          // entries
  uint64_t total_bytes;  // of all files, unpacked
  uint64_t file_bytes;   // of one file, unpacked
  uint64_t ratio;        // of a compressed file: unpacked bytes to compressed ones
};

struct UnpackedFile {
  std::string path;  // IsPlainZipPath
  std::string bytes;
};

// An entry that was not read, or not whole.
struct ZipProblem {
  std::string path;  // as the archive names it
  std::string text;
};

struct UnpackedZip {
  std::vector<UnpackedFile> files;  // ascending by path, each once
  std::vector<ZipProblem> problems;
  // What is wrong with the table of contents. The files are then those of the headers before their contents.
  std::string damage;
};

// Follows the table of contents at the end of the archive, or where that is damaged the headers before the contents;
// what else is in the archive is not looked at. Reads stored
// and deflated regular files. A link, a device, a folder, a name that is not plain (`..`, absolute, a drive) and a
// second entry of the same name become problems, and nothing of them is read. Fails where there is no table of
// contents, where entries overlap, are encrypted, of another compression or outside of the archive, and where a limit
// is exceeded. Nothing is written, and no name is looked up anywhere.
absl::StatusOr<UnpackedZip> ReadZip(std::string_view zip, const ZipLimits& limits);

// Whether the bytes begin or end as those of a zip archive do.
bool LooksLikeZip(std::string_view bytes);

}  // namespace unspin::evidence
