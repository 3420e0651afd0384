// A temporary file that is written once from front to back and then read at any offset.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "unspin/io/descriptor.h"

namespace unspin {

// The file is removed from its folder as soon as it is created, so that it ends with the process, however that ends.
// Once Finish was called, many threads may read.
class Spool {
 public:
  Spool() = default;  // no file
  // Messages name `path`. `buffer_bytes` are collected before each write; a file that grows large profits from more,
  // because the system then allocates and frees it in larger extents.
  static absl::StatusOr<Spool> Make(const std::string& path, size_t buffer_bytes = size_t{1} << 16);

  // An error of a write is returned by Finish.
  void Append(std::string_view bytes);
  template <typename Row>
  void AppendRow(const Row& row) {
    Append({reinterpret_cast<const char*>(&row), sizeof row});
  }
  // Writes what is left in the buffer.
  absl::Status Finish();

  // Bytes appended so far.
  uint64_t size() const { return written_ + buffer_.size(); }
  // Reads `bytes` bytes from `offset` on. REQUIRES: Finish was called; offset + bytes <= size().
  absl::Status Read(uint64_t offset, void* into, size_t bytes) const;

 private:
  void Flush();

  std::string path_, buffer_;
  size_t buffer_bytes_ = 0;
  Descriptor descriptor_;
  uint64_t written_ = 0;
  int error_ = 0;  // errno of the first write that failed
};

}  // namespace unspin
