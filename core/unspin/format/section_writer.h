// A section file written as its bytes come, for more than memory holds.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace unspin {

// Writes beside `path` and moves the file there at the end, so that no reader ever sees half of it. Equal to what
// BuildSectionFile makes of the same sections.
class SectionWriter {
 public:
  // `sections` is how many there will be.
  static absl::StatusOr<std::unique_ptr<SectionWriter>> Open(const std::string& path, uint64_t scheme,
                                                             uint32_t sections);
  ~SectionWriter();  // removes what was not finished

  // The section that all bytes from here on belong to.
  void Begin(std::string_view name, uint32_t version);
  // A write that fails is said by Finish.
  void Append(std::string_view bytes);
  absl::Status Finish();
  // REQUIRES: Finish succeeded. Of the file; the checksum is SectionFile::checksum.
  uint64_t length() const;
  uint64_t checksum() const;

 private:
  struct State;
  explicit SectionWriter(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace unspin
