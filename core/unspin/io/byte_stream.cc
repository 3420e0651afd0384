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

constexpr const Codec* kCodecs[] = {&kGzipCodec, &kZstdCodec, &kBzip2Codec, &kXzCodec, &kLzmaCodec};

class UncompressedStream final : public DecodingStream {
 public:
  using DecodingStream::DecodingStream;

 protected:
  absl::StatusOr<size_t> Decode(std::span<char> into) override { return stored().Read(into); }
  Recovery FindMember(std::string_view beginning) override { return stored().Recover(beginning); }
};

const Codec* CodecOf(std::string_view head) {
  const auto* codec =
      std::find_if(std::begin(kCodecs), std::end(kCodecs), [&](const Codec* row) { return row->starts_with(head); });
  return codec == std::end(kCodecs) ? nullptr : *codec;
}

// What was compressed several times is opened as often, up to kMaxCompressions. Deeper ones keep the signature, by
// which the reader of articles refuses them.
absl::StatusOr<std::unique_ptr<ByteStream>> Decompressed(std::unique_ptr<StoredBytes> stored) {
  constexpr int kMaxCompressions = 3;  // a download was packed for storage and packed again for transport
  if (absl::Status status = stored->LookAhead(kCodecSignatureBytes); !status.ok()) return status;
  for (int depth = 0; depth < kMaxCompressions; ++depth) {
    const Codec* const codec = CodecOf(stored->ahead());
    if (codec == nullptr) break;
    std::string name = stored->name();
    stored = StoredBytes::OfStream(std::move(name), codec->decode(std::move(stored)));
    // Read returns an error behind the bytes before it; it is sticky, so that it is not lost here.
    stored->LookAhead(kCodecSignatureBytes).IgnoreError();
  }
  return std::make_unique<UncompressedStream>(std::move(stored));
}

}  // namespace

ByteStream::Recovery ByteStream::Recover(std::string_view) { return {}; }

absl::StatusOr<std::unique_ptr<ByteStream>> ByteStream::Open(const std::string& path,
                                                             std::shared_ptr<StoredHash> hash) {
  if (path == "-") return Decompressed(StoredBytes::OfStandardInput(std::move(hash)));
  Descriptor descriptor = OpenDescriptor(path, O_RDONLY);
  if (!descriptor.is_open()) return FileError(path, "cannot open", errno);
  return Decompressed(StoredBytes::OfFile(path, std::move(descriptor), std::move(hash)));
}

absl::StatusOr<std::unique_ptr<ByteStream>> ByteStream::FromBytes(std::string bytes, std::string name) {
  return Decompressed(StoredBytes::OfMemory(std::move(name), std::move(bytes)));
}

std::string_view CompressionOf(std::string_view head) {
  const Codec* const codec = CodecOf(head);
  return codec == nullptr ? std::string_view() : codec->name;
}

bool IsCompressionExtension(std::string_view extension) {
  return !extension.empty() && std::any_of(std::begin(kCodecs), std::end(kCodecs), [&](const Codec* codec) {
    return std::find(codec->extensions.begin(), codec->extensions.end(), extension) != codec->extensions.end();
  });
}

}  // namespace unspin
