// A file of reports, one a line, that may still grow → the lines behind a number, without reading it from the start.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace unspin::server {

struct ReportPage {
  std::string lines;  // whole ones, each with its line feed
  uint64_t next = 0;  // the number of lines up to the end of this page, for the next one
};

// Not safe to share between threads.
class ReportPages {
 public:
  explicit ReportPages(std::string path) : path_(std::move(path)) {}

  // Lines behind the first `after`, `limit` at most, and as many as fit into kMaxPageBytes, but one at least. Empty
  // behind the last whole line, and where the file is not there. A file that began again is counted anew. Fails where
  // it cannot be read.
  absl::StatusOr<ReportPage> Read(uint64_t after, uint64_t limit);

  // Calls visit(line) for each whole line, without its line feed, until it returns false.
  static absl::Status Visit(const std::string& path, const std::function<bool(std::string_view)>& visit);

  static constexpr size_t kMaxPageBytes = size_t{4} << 20;  // a thousand reports

 private:
  static constexpr uint64_t kStride = 256;  // lines between two offsets

  std::string path_;
  std::vector<uint64_t> offsets_ = {0};  // of line i · kStride in the file
};

}  // namespace unspin::server
