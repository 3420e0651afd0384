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
#include "unspin/io/unpack_within.h"

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

// What a decompression gives, as far as the budget reaches.
class BudgetedStream final : public ByteStream {
 public:
  BudgetedStream(std::string name, std::unique_ptr<ByteStream> stream, std::shared_ptr<UnpackBudget> budget)
      : name_(std::move(name)), stream_(std::move(stream)), budget_(std::move(budget)) {}

  absl::StatusOr<size_t> Read(std::span<char> into) override {
    if (!budget_->is_exceeded) {
      const auto got = stream_->Read(into);
      if (!got.ok() || *got <= budget_->bytes_left) {
        if (got.ok()) budget_->bytes_left -= *got;
        return got;
      }
      budget_->is_exceeded = true;
    }
    return absl::ResourceExhaustedError(name_ + ": the compressed data give more bytes than may be unpacked");
  }
  Recovery Recover(std::string_view beginning) override {
    return budget_->is_exceeded ? Recovery() : stream_->Recover(beginning);
  }
  uint64_t stored_bytes_read() const override { return stream_->stored_bytes_read(); }

 private:
  const std::string name_;
  const std::unique_ptr<ByteStream> stream_;
  const std::shared_ptr<UnpackBudget> budget_;
};

const Codec* CodecOf(std::string_view head) {
  const auto* codec =
      std::find_if(std::begin(kCodecs), std::end(kCodecs), [&](const Codec* row) { return row->starts_with(head); });
  return codec == std::end(kCodecs) ? nullptr : *codec;
}

// What was compressed several times is opened as often, up to kMaxCompressions. Deeper ones keep the signature, by
// which the reader of articles refuses them. A null `budget` is none.
absl::StatusOr<std::unique_ptr<ByteStream>> Decompressed(std::unique_ptr<StoredBytes> stored,
                                                         const std::shared_ptr<UnpackBudget>& budget = nullptr) {
  constexpr int kMaxCompressions = 3;  // a download was packed for storage and packed again for transport
  if (absl::Status status = stored->LookAhead(kCodecSignatureBytes); !status.ok()) return status;
  for (int depth = 0; depth < kMaxCompressions; ++depth) {
    const Codec* const codec = CodecOf(stored->ahead());
    if (codec == nullptr) break;
    std::string name = stored->name();
    std::unique_ptr<ByteStream> decoded = codec->decode(std::move(stored));
    if (budget) decoded = std::make_unique<BudgetedStream>(name, std::move(decoded), budget);
    stored = StoredBytes::OfStream(std::move(name), std::move(decoded));
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

absl::StatusOr<std::unique_ptr<ByteStream>> UnpackWithin(std::string bytes, std::string name,
                                                         std::shared_ptr<UnpackBudget> budget) {
  return Decompressed(StoredBytes::OfMemory(std::move(name), std::move(bytes)), budget);
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
