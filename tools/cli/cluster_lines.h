// Clusters and edges of `dedup` as JSON Lines.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "cli/result_file.h"
#include "unspin/dedup/deduplicator.h"
#include "unspin/unspin.h"

namespace unspin::cli {

// Articles are numbered from 0 in the order of the input; those of an archive follow.
struct ClusterLines {
  uint64_t own = 0;  // articles of the input
  std::function<Membership(uint64_t article)> membership_of;
  std::function<uint64_t(uint64_t article)> cluster_of;  // as Deduplicator::ClusterOf
  std::function<absl::StatusOr<std::string>(uint64_t article)> id_of;

  // One line for each of the articles [begin, end). Fails when an id cannot be read.
  absl::Status WriteClusters(uint64_t begin, uint64_t end, ResultFile& out) const;
  absl::Status WriteEdges(std::span<const SimilarPair> edges, ResultFile& out) const;
};

}  // namespace unspin::cli
