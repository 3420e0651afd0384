// A file of checksummed records that is only appended to. A process that is killed leaves whole records behind, and
// perhaps a part of one, which the next process cuts off.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "unspin/io/descriptor.h"

namespace unspin::watch {

// Not safe to share between threads.
class RecordLog {
 public:
  // `at`: the offset of the payload in the file, for Read.
  using EachRecord = std::function<void(uint8_t type, std::string_view payload, uint64_t at)>;

  // Opens the file, or makes an empty one, and calls `each` for every whole record. Fails where the file is no such
  // log; `cut` becomes the number of bytes behind the last whole record, which are removed.
  static absl::StatusOr<RecordLog> Open(const std::string& path, const EachRecord& each, uint64_t& cut);
  // An empty log, whatever the file was before.
  static absl::StatusOr<RecordLog> Create(const std::string& path);

  // The record waits in memory for Write. Returns the offset of its payload.
  uint64_t Add(uint8_t type, std::string_view payload);
  // What was added is in the file afterwards: it outlives the process.
  absl::Status Write();
  // What was written is on the disk afterwards: it outlives a loss of power.
  absl::Status Sync();
  // REQUIRES: these bytes were written.
  absl::StatusOr<std::string> Read(uint64_t at, uint64_t bytes) const;

  uint64_t bytes() const { return written_ + waiting_.size(); }
  void set_path(const std::string& path) { path_ = path; }  // after rename(2)

 private:
  RecordLog(std::string path, Descriptor descriptor) : path_(std::move(path)), descriptor_(std::move(descriptor)) {}

  std::string path_;
  Descriptor descriptor_;
  uint64_t written_ = 0;
  std::string waiting_;
};

}  // namespace unspin::watch
