// Reads the list of `align` and orders its pairs so that pairs that share a file are near each other.
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
  uint64_t line = 0;  // from 1
  std::string suspect, original;
  std::string error;  // what is wrong with the line; empty: nothing
};

// Not safe to share between threads.
class PairList {
 public:
  // Lines are `suspect-file original-file`.
  static absl::StatusOr<PairList> Open(const std::string& path);

  // The next batch for one of `threads`: large enough that the threads seldom wait for each other, small at the end of
  // a window so that none works much longer than the others. Nothing at the end or after an error, which status()
  // holds.
  std::optional<std::vector<FilePair>> Next(unsigned threads);
  const absl::Status& status() const { return lines_.status(); }

  // Pairs that are read and ordered together.
  static constexpr size_t kWindow = size_t{1} << 14;

 private:
  explicit PairList(LineReader lines) : lines_(std::move(lines)) {}

  std::vector<FilePair> ReadWindow();

  LineReader lines_;
  uint64_t line_ = 0;
  std::deque<FilePair> ordered_;
};

// Breadth-first search over pairs, of which two are neighbours when they share a file: the first pair, all that share a
// file with it, all that share one with those, and so on; then from the next pair that was not reached.
std::deque<FilePair> ByCommonFiles(std::vector<FilePair> pairs);

}  // namespace unspin::cli
