// The common part of the streams of all compressions: sticky errors, and the members of a compressed file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
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
  Recovery Recover(std::string_view beginning) final;
  uint64_t stored_bytes_read() const override { return stored_->taken_from_file(); }

 protected:
  // Decodes up to into.size() bytes and returns their number; 0 at the end. An error found after some bytes goes to
  // FailLater.
  virtual absl::StatusOr<size_t> Decode(std::span<char> into) = 0;

  // As Recover, which makes Read go on if a member was found. Unless overridden: finds none.
  virtual Recovery FindMember(std::string_view beginning);

  StoredBytes& stored() { return *stored_; }

  // Returns `decoded` now and `status` from the next call on.
  absl::StatusOr<size_t> FailLater(size_t decoded, absl::Status status);

  // "NAME: the FORMAT data WHAT at about byte …". `also_decoded` bytes were decoded by the current call.
  absl::Status Damage(std::string_view format, std::string_view what, size_t also_decoded) const;

  // Compressed files may consist of several members, one after the other, and zeros may pad the last one (tapes and
  // block devices do that). Skips zeros and returns whether another member follows; other bytes are an error.
  absl::StatusOr<bool> AnotherMemberFollows(bool (*starts_member)(std::string_view head));

  // A member begins with the next stored byte.
  void BeginMember() { member_begin_ = stored_->taken(); }
  // Puts back what was taken of the member but for its first byte, as far as it is held: a member that is damaged or
  // cut off may have taken later ones for its own data, and FindMember looks for them.
  void PutBackMember();
  // For FindMember: skips to the next place that begins with `magic` and whose next bytes, up to `sample` of them,
  // `fits` takes for a member. Returns false if there is none. REQUIRES: 2 * sample <= about StoredBytes::kChunk.
  bool SkipToMember(std::string_view magic, size_t sample, const std::function<bool(std::string_view)>& fits);

 private:
  std::unique_ptr<StoredBytes> stored_;
  absl::Status failure_;
  bool finished_ = false;
  uint64_t decoded_ = 0;
  uint64_t member_begin_ = 0;          // in the stored bytes
  uint64_t put_back_ = 0, tried_ = 0;  // bytes, by PutBackMember and by SkipToMember
};

}  // namespace unspin
