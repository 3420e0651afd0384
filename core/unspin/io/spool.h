// Bytes that are written once from front to back and read again from anywhere, outside of memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace unspin {

// The file is removed from its folder as soon as it is made: it ends with the process, however that ends. Reads are
// safe from many threads once Finish was called.
class Spool {
 public:
  Spool() = default;  // no file
  // `path` is what messages call it. `buffer_bytes` are gathered before they are written: more for a file that grows
  // large, which the system then keeps, and gives back, in larger pieces.
  static absl::StatusOr<Spool> Make(const std::string& path, size_t buffer_bytes = size_t{1} << 16);
  Spool(Spool&& other) noexcept;
  Spool& operator=(Spool&& other) noexcept;
  ~Spool();

  // A write that fails is said by Finish.
  void Append(std::string_view bytes);
  template <typename Row>
  void AppendRow(const Row& row) {
    Append({reinterpret_cast<const char*>(&row), sizeof row});
  }
  absl::Status Finish();

  uint64_t size() const { return written_ + buffer_.size(); }
  // REQUIRES: Finish was called, and the bytes are there.
  absl::Status Read(uint64_t offset, void* into, size_t size) const;

 private:
  void Flush();

  std::string path_, buffer_;
  size_t buffer_bytes_ = 0;
  int descriptor_ = -1;
  uint64_t written_ = 0;
  int error_ = 0;
};

}  // namespace unspin
