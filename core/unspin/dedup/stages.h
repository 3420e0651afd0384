// The steps of a Deduplicator as stages that share no memory: each reads files and writes one, and may do a part.
//
// The clusters and edges are those of one Deduplicator, however the corpus is divided into files and each stage into
// parts. Every stage must get the files of shingles in the same order, that of the input.
//
// A stage may be told a higher threshold than the stage before it. Its file then holds what is similar enough at the
// higher one, among the candidates of the lower one, and the stages behind it know it from the file.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
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
  // `stage` is the kind of file to read beside files of shingles; kShingles if there is none. Each file says of which
  // kind it is, so the kinds may be mixed in any order.
  static absl::StatusOr<StageInputs> Open(const std::vector<std::string>& paths, StageKind stage,
                                          const ExpectedOptions& expected);

  const ShingleFiles& corpus() const { return *corpus_; }
  const std::vector<StageFile>& parts() const { return parts_; }
  // As the user expects it, otherwise as the parts, otherwise as the shingles were made with.
  double threshold() const { return threshold_; }

 private:
  std::unique_ptr<ShingleFiles> corpus_;
  std::vector<StageFile> parts_;
  double threshold_ = 0;
};

struct StageOptions {
  Part part;
  std::string out;  // path of the file to write
  unsigned threads = 1;
};

// A part of the keys → the pairs that share one. Reads files of shingles.
struct JoinedPart {
  uint64_t pairs = 0, hot_buckets = 0, hot_articles = 0;
};
absl::StatusOr<JoinedPart> JoinPart(const StageInputs& inputs, const StageOptions& options);

// A part of the pairs → those that are similar enough. Reads files of shingles and of pairs.
struct VerifiedPart {
  uint64_t compared = 0, edges = 0;
};
absl::StatusOr<VerifiedPart> VerifyPart(const StageInputs& inputs, const StageOptions& options);

// All edges → all clusters. Reads files of shingles and of edges.
struct ClusteredEdges {
  std::vector<Membership> memberships;  // of each article
  std::vector<SimilarPair> edges;       // ascending
  DedupSummary summary;                 // without hot buckets, which only a join knows
};
absl::StatusOr<ClusteredEdges> ClusterEdges(const StageInputs& inputs);

}  // namespace unspin
