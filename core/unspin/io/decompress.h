// A stream of bytes out of a file or standard input, decompressed on the way where its content is compressed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"

namespace unspin {

// Content decides, not the name: gzip, zstd, bzip2 and xz are opened, also when made of several members; anything else
// passes as it is. Checksums are verified. Not safe to share between threads.
class ByteStream {
 public:
  // `path` is a file, a pipe or "-" for standard input.
  static absl::StatusOr<std::unique_ptr<ByteStream>> Open(const std::string& path);
  // Streams `bytes`; `name` is what messages call them.
  static absl::StatusOr<std::unique_ptr<ByteStream>> FromBytes(std::string bytes, std::string name);
  virtual ~ByteStream() = default;

  // Fills up to `size` bytes and says how many: fewer than `size` does not mean the end, 0 does. Damaged or truncated
  // data is an error, after the bytes decoded before it; an error stays. REQUIRES: size > 0.
  virtual absl::StatusOr<size_t> Read(char* into, size_t size) = 0;

  // Bytes taken from the file so far, as stored.
  virtual uint64_t stored_bytes_read() const = 0;
};

}  // namespace unspin
