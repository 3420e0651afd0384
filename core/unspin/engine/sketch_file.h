// The sketches of a corpus in one file, written as they come, for pipelines that go on with them elsewhere.
//
// The layout stands in core/unspin/format/FORMAT.md.
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

// Writes beside `path` and moves the file there at the end, so that no reader ever sees half of it. A pipe or device is
// written in place, with zeros where the counts would stand.
class SketchFileWriter {
 public:
  static absl::StatusOr<std::unique_ptr<SketchFileWriter>> Open(const std::string& path);
  ~SketchFileWriter();  // removes what was not finished

  absl::Status Add(std::string_view id, const Sketch& sketch);
  absl::Status Finish();

 private:
  struct State;
  explicit SketchFileWriter(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// Everything in a sketch file, checked: its header, its checksum, its scheme, every bound.
absl::StatusOr<std::vector<std::pair<std::string, Sketch>>> ReadSketchFile(const std::string& path);

}  // namespace unspin
