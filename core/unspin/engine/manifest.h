// The file MANIFEST of an archive: its segments, and which of their articles are deleted.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "unspin/index/article_address.h"

namespace unspin {

// The end of every message about damage: only the originals can make an archive whole again.
inline constexpr const char* kRepair =
    "restore it from a copy, or index the originals again: unspin index INPUT... --archive DIR";

struct SegmentEntry {
  std::string name;       // of the file in the archive's folder
  uint64_t length = 0;    // of the file, in bytes
  uint64_t checksum = 0;  // of the file's header, which covers all the rest
  uint32_t articles = 0;
  friend bool operator==(const SegmentEntry&, const SegmentEntry&) = default;
};

struct Manifest {
  uint64_t scheme = 0;                  // SketchScheme::Fingerprint
  uint32_t next_segment = 1;            // number of the next file; no number is used twice
  std::vector<SegmentEntry> segments;   // oldest first; ArticleAddress::segment is a position in this list
  std::vector<ArticleAddress> deleted;  // ascending, each once

  static std::string Path(const std::string& folder) { return folder + "/MANIFEST"; }
  // Fails where there is none (NotFound), where it is damaged (DataLoss), or where another scheme made the archive
  // (FailedPrecondition).
  static absl::StatusOr<Manifest> Load(const std::string& folder, uint64_t scheme);
  // Replaces the file atomically.
  absl::Status Save(const std::string& folder) const;
};

// "segment-000001.unspin"
std::string SegmentName(uint32_t number);

// The error that `file` was made by another scheme than `ours`.
absl::Status ForeignScheme(const std::string& file, uint64_t scheme, uint64_t ours);

}  // namespace unspin
