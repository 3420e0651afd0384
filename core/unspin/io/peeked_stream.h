// A byte stream whose first bytes can be looked at before they are read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "unspin/io/byte_stream.h"

namespace unspin {

class PeekedStream final : public ByteStream {
 public:
  // `head` was read from `rest` already; Read returns it first.
  PeekedStream(std::string head, std::unique_ptr<ByteStream> rest);

  absl::StatusOr<size_t> Read(std::span<char> into) override;
  Recovery Recover(std::string_view beginning) override { return rest_->Recover(beginning); }
  uint64_t stored_bytes_read() const override { return rest_->stored_bytes_read(); }

  // The first bytes, whether or not they were read. Valid as long as the stream.
  std::string_view head() const { return head_; }

 private:
  const std::string head_;
  size_t offset_ = 0;  // in head_, of the next byte
  std::unique_ptr<ByteStream> rest_;
};

// Appends up to `max_bytes` bytes of the stream to `bytes`. Stops at the end of the stream and at an error, which it
// returns; bytes read before the error are kept.
absl::Status ReadUpTo(ByteStream& stream, uint64_t max_bytes, std::string& bytes);

}  // namespace unspin
