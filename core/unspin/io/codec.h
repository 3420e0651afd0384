// The compressions that are read. To add one: a source file that defines its Codec, its declaration here, and a row in
// the table of byte_stream.cc.
#pragma once

#include <array>
#include <memory>
#include <string_view>

#include "unspin/io/byte_stream.h"
#include "unspin/io/stored_bytes.h"

namespace unspin {

struct Codec {
  std::string_view name;                       // in messages
  std::array<std::string_view, 2> extensions;  // of file names, in lower case; unused ones are empty
  // Whether compressed data starts with these bytes: kCodecSignatureBytes of them, or all there are.
  bool (*starts_with)(std::string_view head) = nullptr;
  std::unique_ptr<ByteStream> (*decode)(std::unique_ptr<StoredBytes> stored) = nullptr;
};

// More than the longest signature (13 bytes, lzma).
inline constexpr size_t kCodecSignatureBytes = 16;

extern const Codec kGzipCodec;
extern const Codec kZstdCodec;
extern const Codec kBzip2Codec;
extern const Codec kXzCodec;
extern const Codec kLzmaCodec;

}  // namespace unspin
