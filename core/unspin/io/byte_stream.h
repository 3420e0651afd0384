// A stream of bytes from a file, standard input or memory, decompressed where its content is compressed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace unspin {

struct StoredHash;  // stored_bytes.h

// The content decides, not the name: gzip, zstd, bzip2, xz and lzma are decompressed, also if made of several members,
// and up to three times where one compression holds another. Other content passes unchanged. Checksums are verified.
// Not safe to share between threads.
class ByteStream {
 public:
  // `path` is a file, a pipe or "-" for standard input. The bytes as stored go to `hash` as well, if it is not null.
  static absl::StatusOr<std::unique_ptr<ByteStream>> Open(const std::string& path,
                                                          std::shared_ptr<StoredHash> hash = nullptr);
  // Streams `bytes`. Messages call them `name`.
  static absl::StatusOr<std::unique_ptr<ByteStream>> FromBytes(std::string bytes, std::string name);
  virtual ~ByteStream() = default;

  // Reads up to into.size() bytes and returns their number. Fewer than asked for does not mean the end; 0 does. Damaged
  // or truncated data is an error, returned after the bytes decoded before it and by every call from then on.
  // REQUIRES: `into` is not empty.
  virtual absl::StatusOr<size_t> Read(std::span<char> into) = 0;

  // What Recover found.
  struct Recovery {
    bool tail_damaged = true;  // the bytes read last may be damaged too; false: they end a member that is whole
    bool found = false;        // Read goes on with a later member
  };
  // After Read failed: continues at the next member of the compressed data whose content begins with `beginning`, so
  // that damage costs one member and not the rest of the file. Finds nothing where bytes are not made of such members,
  // or the failure is one of the system. REQUIRES: Read returned an error.
  virtual Recovery Recover(std::string_view beginning);

  // Bytes taken from the file so far, as stored (compressed).
  virtual uint64_t stored_bytes_read() const = 0;
};

// The name of the known compression that content of these first bytes has; empty if none.
std::string_view CompressionOf(std::string_view head);

// Whether files compressed by a known codec bear this extension: "gz". In lower case, without the dot.
bool IsCompressionExtension(std::string_view extension);

}  // namespace unspin
