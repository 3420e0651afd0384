// The steps of a Deduplicator as stages that share no memory: each reads files, writes one, and can run on a part.
//
// Whatever the files that the corpus is cut into and the number of parts of each stage, the clusters and edges are
// those of one Deduplicator. Files of shingles are given to every stage in the same order, that of the input.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "unspin/dedup/shingle_file.h"
#include "unspin/dedup/stage_file.h"
#include "unspin/dedup/stars.h"

namespace unspin {

// What a stage reads: the corpus, and all parts of what the stage before it wrote.
class StageInputs {
 public:
  // Files of either kind in any order between the kinds; each says which it is. `stage` is StageKind::kShingles where
  // only those are read.
  static absl::StatusOr<StageInputs> Open(const std::vector<std::string>& paths, StageKind stage,
                                          const ExpectedOptions& expected);

  const ShingleFiles& corpus() const { return *corpus_; }
  const std::vector<StageFile>& parts() const { return parts_; }

 private:
  std::unique_ptr<ShingleFiles> corpus_;
  std::vector<StageFile> parts_;
};

struct StageOptions {
  Part part;
  std::string out;
  unsigned threads = 1;
};

// Part of the keys → the pairs that meet there, in `out`. `inputs` are files of shingles.
struct JoinedPart {
  uint64_t pairs = 0, hot_buckets = 0, hot_articles = 0;
};
absl::StatusOr<JoinedPart> JoinPart(const StageInputs& inputs, const StageOptions& options);

// Part of the pairs → those that are similar enough, in `out`. `inputs` are files of shingles and of pairs.
struct VerifiedPart {
  uint64_t compared = 0, edges = 0;
};
absl::StatusOr<VerifiedPart> VerifyPart(const StageInputs& inputs, const StageOptions& options);

// All edges → all clusters. `inputs` are files of shingles and of edges.
struct ClusteredEdges {
  std::vector<Place> places;
  std::vector<SimilarPair> edges;
  DedupSummary summary;  // without what only a join knows
};
absl::StatusOr<ClusteredEdges> ClusterEdges(const StageInputs& inputs);

}  // namespace unspin
