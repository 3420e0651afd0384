// The one file that says which segments an archive consists of, and which of their articles no longer count.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "unspin/engine/archive.h"

namespace unspin {

// What every message about damage ends with: nothing but the originals can make an archive whole again.
inline constexpr const char* kRepair =
    "restore it from a copy, or index the originals again: unspin index INPUT... --archive DIR";

struct SegmentEntry {
  std::string name;       // of the file in the archive's folder
  uint64_t length = 0;    // of the file
  uint64_t checksum = 0;  // of the file's header, which covers all the rest
  uint32_t articles = 0;
  friend bool operator==(const SegmentEntry&, const SegmentEntry&) = default;
};

struct Manifest {
  uint64_t scheme = 0;
  uint32_t next_segment = 1;            // number of the next file; never used twice
  std::vector<SegmentEntry> segments;   // oldest first; ArticleAddress::segment is the place in this list
  std::vector<ArticleAddress> dropped;  // ascending

  static std::string Path(const std::string& folder) { return folder + "/MANIFEST"; }
  // Fails where there is none, where it is damaged, or where another scheme made the archive.
  static absl::StatusOr<Manifest> Load(const std::string& folder, uint64_t scheme);
  absl::Status Save(const std::string& folder) const;
};

// "segment-000001.unspin"
std::string SegmentName(uint32_t number);

// Says that an archive was made by another scheme than ours; `file` is where that was seen.
absl::Status ForeignScheme(const std::string& file, uint64_t scheme, uint64_t ours);

}  // namespace unspin
