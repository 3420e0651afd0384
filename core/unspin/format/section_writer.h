// Writes a section file as a stream: for sections that memory cannot hold.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace unspin {

// Writes to a temporary file beside `path` and renames it at the end, so that no reader sees an unfinished file.
// The bytes equal those of BuildSectionFile for the same sections. Calls: Open, then for each section Begin and any
// number of Append, then Finish.
class SectionWriter {
 public:
  // Reserves room for the table of exactly `sections` sections.
  static absl::StatusOr<std::unique_ptr<SectionWriter>> Open(const std::string& path, uint64_t scheme,
                                                             uint32_t sections);
  ~SectionWriter();  // removes an unfinished file

  // Begins the section that later bytes belong to. REQUIRES: a name of 1 to kSectionNameSize bytes, unique in the file.
  void Begin(std::string_view name, uint32_t version);
  // Finish reports a write that fails. REQUIRES: a section has begun.
  void Append(std::string_view bytes);
  absl::Status Finish();

  // Of the file; the checksum is SectionFile::checksum. REQUIRES: Finish succeeded.
  uint64_t length() const;
  uint64_t checksum() const;

 private:
  struct State;
  explicit SectionWriter(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace unspin
