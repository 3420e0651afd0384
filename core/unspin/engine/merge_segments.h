// Several segments → one segment with all their articles, in bounded memory.
//
// Sorted parts are merged a cache-full at a time, and blocks of the store are copied as they are (decision 22). Memory
// grows by a few bytes for each article, not with the text.
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
  std::vector<uint32_t> deleted;  // articles that are left out, ascending, each once
};

// Writes the file `name` into the folder, with the remaining articles in the order of the segments, and returns its
// entry for the manifest. `progress` is called with the number of articles written so far. Fails where a segment is
// damaged or the disk is full, and leaves no file then. REQUIRES: an article remains.
absl::StatusOr<SegmentEntry> MergeSegments(std::span<const SegmentToMerge> segments, const std::string& folder,
                                           const std::string& name, uint64_t scheme,
                                           const std::function<void(uint64_t)>& progress);

}  // namespace unspin
