// The common part of the streams of all compressions: sticky errors, and the members of a compressed file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "unspin/io/byte_stream.h"
#include "unspin/io/stored_bytes.h"

namespace unspin {

// Owns the stored bytes. The first error is returned by every later call of Read.
class DecodingStream : public ByteStream {
 public:
  explicit DecodingStream(std::unique_ptr<StoredBytes> stored);

  absl::StatusOr<size_t> Read(std::span<char> into) final;
  uint64_t stored_bytes_read() const override { return stored_->taken_from_file(); }

 protected:
  // Decodes up to into.size() bytes and returns their number; 0 at the end. An error found after some bytes goes to
  // FailLater.
  virtual absl::StatusOr<size_t> Decode(std::span<char> into) = 0;

  StoredBytes& stored() { return *stored_; }

  // Returns `decoded` now and `status` from the next call on.
  absl::StatusOr<size_t> FailLater(size_t decoded, absl::Status status);

  // "NAME: the FORMAT data WHAT at about byte …". `also_decoded` bytes were decoded by the current call.
  absl::Status Damage(std::string_view format, std::string_view what, size_t also_decoded) const;

  // Compressed files may consist of several members, one after the other, and zeros may pad the last one (tapes and
  // block devices do that). Skips zeros and returns whether another member follows; other bytes are an error.
  absl::StatusOr<bool> AnotherMemberFollows(bool (*starts_member)(std::string_view head));

 private:
  std::unique_ptr<StoredBytes> stored_;
  absl::Status failure_;
  bool finished_ = false;
  uint64_t decoded_ = 0;
};

}  // namespace unspin
