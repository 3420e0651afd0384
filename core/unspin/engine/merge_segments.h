// Several segments → one, piece by piece: memory grows with the number of articles by a little, not by what they say.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "unspin/engine/manifest.h"
#include "unspin/engine/segment.h"

namespace unspin {

struct SegmentToMerge {
  const Segment* segment = nullptr;
  std::vector<uint32_t> dropped;  // articles that are left out, ascending, none twice
};

// Makes the file `name` in the folder of the articles that are left, in the order of the segments, and returns its
// entry in the manifest. They are found and read as before. `progress` is told how many articles are written. REQUIRES:
// an article is left. Fails where a segment is damaged or the disk is full, and leaves no file.
absl::StatusOr<SegmentEntry> MergeSegments(std::span<const SegmentToMerge> segments, const std::string& folder,
                                           const std::string& name, uint64_t scheme,
                                           const std::function<void(uint64_t)>& progress);

}  // namespace unspin
