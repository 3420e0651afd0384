// The bytes of an input at any offset: of a file as it is stored, or of what a stream gave.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "unspin/io/byte_stream.h"

namespace unspin {

// Many threads may read.
class RandomAccess {
 public:
  virtual ~RandomAccess() = default;

  virtual uint64_t size() const = 0;
  // Reads `bytes` bytes from `offset` on. Returns what went wrong; empty: nothing. No absl::Status: modules that the
  // program loads (parquet_module.cc) call this and do not link Abseil. REQUIRES: offset + bytes <= size().
  virtual std::string Read(uint64_t offset, void* into, size_t bytes) const = 0;
};

// A regular file as it is stored: nothing is decompressed.
absl::StatusOr<std::unique_ptr<RandomAccess>> OpenRandomAccess(const std::string& path);

// All that is left of a stream. Little stays in memory, more goes to a temporary file, in the folder that TMPDIR names.
absl::StatusOr<std::unique_ptr<RandomAccess>> KeepStream(ByteStream& stream);

}  // namespace unspin
