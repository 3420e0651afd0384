// The bytes of an input as they are stored, before decompression, with a look ahead.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "unspin/base/sha256.h"
#include "unspin/io/byte_stream.h"
#include "unspin/io/descriptor.h"

namespace unspin {

// The bytes of a file, as far as they were read.
struct StoredHash {
  Sha256 sha256;
  bool at_end = false;  // all of them
  bool wanted = true;   // false: no more are added
};

// Not safe to share between threads.
class StoredBytes {
 public:
  // Bytes asked of the system at once: large enough that the calls cost little, small enough for a second-level cache.
  static constexpr size_t kChunk = 256 << 10;
  static constexpr size_t kMinPutBack = kChunk / 2;  // more than most members of a web archive have

  static std::unique_ptr<StoredBytes> OfFile(std::string path, Descriptor descriptor,
                                             std::shared_ptr<StoredHash> hash = nullptr);
  static std::unique_ptr<StoredBytes> OfStandardInput(std::shared_ptr<StoredHash> hash = nullptr);
  static std::unique_ptr<StoredBytes> OfMemory(std::string name, std::string bytes);
  // What another decompression gave, which may be compressed again.
  static std::unique_ptr<StoredBytes> OfStream(std::string name, std::unique_ptr<ByteStream> stream);
  StoredBytes(const StoredBytes&) = delete;
  StoredBytes& operator=(const StoredBytes&) = delete;

  // What messages call the input.
  const std::string& name() const { return name_; }
  // Bytes taken so far.
  uint64_t taken() const { return taken_; }
  // Bytes taken from the file, which differ from taken() where the bytes come from another decompression.
  uint64_t taken_from_file() const { return stream_ ? stream_->stored_bytes_read() : taken_; }
  // Bytes that were looked at and not taken yet. Valid until the next call that is not const.
  std::string_view ahead() const { return {chunk_.data() + begin_, end_ - begin_}; }

  // Makes at least `size` bytes available in ahead(), or all that are left. REQUIRES: size <= kChunk.
  absl::Status LookAhead(size_t size);
  // Takes bytes that are ahead. REQUIRES: size <= ahead().size().
  void Take(size_t size);
  // Undoes the end of what Take took. REQUIRES: size <= max_put_back(); Read was not called since.
  void PutBack(size_t size);
  // Bytes that were taken and are still held: the last kMinPutBack at least, or all that were taken.
  size_t max_put_back() const { return begin_; }
  // As ByteStream::Recover, of the stream that the bytes come from. Finds nothing in a file.
  ByteStream::Recovery Recover(std::string_view beginning);
  // Takes up to into.size() bytes and returns their number; 0 at the end.
  absl::StatusOr<size_t> Read(std::span<char> into);

 private:
  StoredBytes(std::string name, Descriptor owned, int descriptor, std::string bytes);
  bool has_more() const { return descriptor_ >= 0 || stream_ != nullptr; }
  absl::StatusOr<size_t> ReadMore(std::span<char> into);

  const std::string name_;
  const Descriptor owned_;  // closed at the end; standard input is not
  const int descriptor_;    // negative for bytes in memory and of a stream
  std::unique_ptr<ByteStream> stream_;
  std::shared_ptr<StoredHash> hash_;  // of what comes from the descriptor; null: nobody asks
  std::string chunk_;
  size_t begin_ = 0;  // ahead() is [begin_, end_) of chunk_
  size_t end_ = 0;
  uint64_t taken_ = 0;
};

}  // namespace unspin
