// The pairs of a list, those that share files one after the other: what one pair needs, the next often has in memory.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "cli/line_reader.h"

namespace unspin::cli {

struct FilePair {
  uint64_t line = 0;
  std::string suspect, original;
  std::string error;  // what is wrong with the line
};

class PairList {
 public:
  // Lines as `suspect-file original-file`.
  static absl::StatusOr<PairList> Open(const std::string& path);

  // Some pairs for one of several threads, neighbours together: enough that threads seldom meet here, fewer where few
  // are left, so that none waits long for the last. Each pair once. So many lines, and the next so many, are ordered
  // among themselves.
  std::optional<std::vector<FilePair>> Next(unsigned threads);
  const absl::Status& status() const { return lines_.status(); }

  static constexpr size_t kOrderedTogether = size_t{1} << 14;

 private:
  PairList(std::string path, LineReader lines) : path_(std::move(path)), lines_(std::move(lines)) {}

  std::vector<FilePair> Read();

  std::string path_;
  LineReader lines_;
  uint64_t line_ = 0;
  std::deque<FilePair> ordered_;
};

// From the first pair to all that share a file with it, then to those that share one with these, and so on.
std::deque<FilePair> ByCommonFiles(std::vector<FilePair> pairs);

}  // namespace unspin::cli
