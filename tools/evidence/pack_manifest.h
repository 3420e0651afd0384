// The manifest of a pack: every other file of it, with size, SHA-256 and what it is.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace unspin::evidence {

// The version of the format of packs. Another one is not read.
inline constexpr int kPackFormat = 1;

struct ManifestFile {
  std::string path;
  uint64_t bytes = 0;
  std::string sha256;
  std::string role;        // "received", "report" …: docs/evidence.md lists them
  std::string media_type;  // of our own files; one that was received is application/octet-stream
  std::string name;        // under which a file was received; empty: it is our own
};

struct ManifestReport {
  std::string folder;  // "reports/0001"
  std::string id, suspect, verdict;
};

struct Manifest {
  std::string program;  // "unspin 0.20.0"
  std::vector<ManifestReport> reports;
  std::vector<ManifestFile> files;
};

// JSON, a line for each report and each file.
std::string RenderManifest(const Manifest& manifest);

// Fails where the bytes are no manifest of this format, or it lists more files or reports than a pack may hold
// (kReadLimits). Fields that are missing are empty.
absl::StatusOr<Manifest> ParseManifest(std::string_view json);

}  // namespace unspin::evidence
