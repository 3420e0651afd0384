// Bytes in memory that strangers compressed, decompressed within a budget that many of them share.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "unspin/io/byte_stream.h"

namespace unspin {

// Not safe to share between threads.
struct UnpackBudget {
  uint64_t bytes_left = 0;
  bool is_exceeded = false;  // something wanted more
};

// As ByteStream::FromBytes. Every byte that a decompression gives counts, also where another decompression takes it:
// compression in compression may give few bytes in the end, and cost as much time. A stream that would exceed the
// budget fails, and does not recover.
absl::StatusOr<std::unique_ptr<ByteStream>> UnpackWithin(std::string bytes, std::string name,
                                                         std::shared_ptr<UnpackBudget> budget);

}  // namespace unspin
