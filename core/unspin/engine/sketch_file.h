// The sketches of a corpus in one file, for other programs. core/unspin/format/FORMAT.md has the layout.
#pragma once

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "unspin/sketch/sketch.h"

namespace unspin {

// Writes a temporary file beside `path` and renames it at the end, so that readers never see a part of the file. A pipe
// or device (or "-": standard output) is written directly; its header has zeros instead of the counts. Not safe to
// share between threads.
class SketchFileWriter {
 public:
  static absl::StatusOr<std::unique_ptr<SketchFileWriter>> Open(const std::string& path);
  ~SketchFileWriter();  // removes a file that was not finished

  // REQUIRES: the id is shorter than 4 GiB; Finish was not called.
  absl::Status Add(std::string_view id, const Sketch& sketch);
  absl::Status Finish();

 private:
  struct State;
  explicit SketchFileWriter(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// The ids and sketches of a file. Fails with the file and what is wrong where its header, its checksum, its scheme or
// any length is not right.
absl::StatusOr<std::vector<std::pair<std::string, Sketch>>> ReadSketchFile(const std::string& path);

}  // namespace unspin
