#include "unspin/io/byte_stream.h"

#include <fcntl.h>

#include <algorithm>
#include <cerrno>
#include <iterator>
#include <utility>

#include "unspin/io/codec.h"
#include "unspin/io/decoding_stream.h"
#include "unspin/io/descriptor.h"
#include "unspin/io/file_error.h"
#include "unspin/io/stored_bytes.h"

namespace unspin {
namespace {

constexpr const Codec* kCodecs[] = {&kGzipCodec, &kZstdCodec, &kBzip2Codec, &kXzCodec};

class UncompressedStream final : public DecodingStream {
 public:
  using DecodingStream::DecodingStream;

 protected:
  absl::StatusOr<size_t> Decode(std::span<char> into) override { return stored().Read(into); }
};

absl::StatusOr<std::unique_ptr<ByteStream>> Decompressed(std::unique_ptr<StoredBytes> stored) {
  if (absl::Status status = stored->LookAhead(kCodecSignatureBytes); !status.ok()) return status;
  for (const Codec* codec : kCodecs) {
    if (codec->starts_with(stored->ahead())) return codec->decode(std::move(stored));
  }
  return std::make_unique<UncompressedStream>(std::move(stored));
}

}  // namespace

absl::StatusOr<std::unique_ptr<ByteStream>> ByteStream::Open(const std::string& path) {
  if (path == "-") return Decompressed(StoredBytes::OfStandardInput());
  Descriptor descriptor = OpenDescriptor(path, O_RDONLY);
  if (!descriptor.is_open()) return FileError(path, "cannot open", errno);
  return Decompressed(StoredBytes::OfFile(path, std::move(descriptor)));
}

absl::StatusOr<std::unique_ptr<ByteStream>> ByteStream::FromBytes(std::string bytes, std::string name) {
  return Decompressed(StoredBytes::OfMemory(std::move(name), std::move(bytes)));
}

bool IsCompressionExtension(std::string_view extension) {
  return !extension.empty() && std::any_of(std::begin(kCodecs), std::end(kCodecs), [&](const Codec* codec) {
    return std::find(codec->extensions.begin(), codec->extensions.end(), extension) != codec->extensions.end();
  });
}

}  // namespace unspin
