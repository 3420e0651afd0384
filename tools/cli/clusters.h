// Clusters and edges as JSON Lines, in files that appear when they are whole.
#pragma once

#include <cstdint>
#include <cstdio>
#include <functional>
#include <span>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "unspin/unspin.h"

namespace unspin::cli {

// Written beside its name and moved there by Finish; standard output, pipes and devices are written as they are.
class ResultFile {
 public:
  explicit ResultFile(const std::string& path);
  ResultFile(const ResultFile&) = delete;
  ~ResultFile();  // removes what was not finished

  void Write(const std::string& line);
  // Says whether everything was written; complains where it was not.
  bool Finish();

 private:
  std::string path_, temporary_;
  std::FILE* file_ = nullptr;
  bool failed_ = false;
};

// False after a complaint. `write` returns what kept it from going on.
bool WriteResults(const std::string& path, const std::function<absl::Status(ResultFile&)>& write);

struct ClusterLines {
  std::function<Membership(uint64_t article)> place_of;
  std::function<absl::StatusOr<std::string>(uint64_t article)> id_of;

  // One line for each of some articles, in the order of the input.
  absl::Status WriteClusters(uint64_t begin, uint64_t end, ResultFile& out) const;
  absl::Status WriteEdges(std::span<const SimilarPair> edges, ResultFile& out) const;
};

}  // namespace unspin::cli
