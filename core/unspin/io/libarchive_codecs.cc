// bzip2, xz and the older lzma, by libarchive.
#include <archive.h>

#include <string>
#include <utility>
#include <vector>

#include "unspin/io/codec.h"
#include "unspin/io/decoding_stream.h"

namespace unspin {
namespace {

using namespace std::string_view_literals;

// "BZh", the block size, and the magic number of a block or, in an empty file, of the end.
bool IsBzip2(std::string_view head) {
  if (head.size() < 10 || head.substr(0, 3) != "BZh" || head[3] < '1' || head[3] > '9') return false;
  const std::string_view block = head.substr(4, 6);
  return block == "\x31\x41\x59\x26\x53\x59" || block == "\x17\x72\x45\x38\x50\x90";
}

bool IsXz(std::string_view head) {
  return head.substr(0, 6) ==
         "\xfd"
         "7zXZ\0"sv;
}

// The header of an .lzma file has no magic number: one byte of properties (5d as every tool writes it), the size of the
// dictionary, a power of two from 64 KiB on, and the size of the content, which is unknown (all bits set) or below
// 2^40 bytes.
bool IsLzma(std::string_view head) {
  if (!head.starts_with("\x5d\0\0"sv) || head.size() < 13) return false;
  const std::string_view size = head.substr(5, 8);
  return size == "\xff\xff\xff\xff\xff\xff\xff\xff" || size.substr(5) == "\0\0\0"sv;
}

class LibarchiveStream final : public DecodingStream {
 public:
  // `support_filter` is libarchive's function that switches the format on.
  LibarchiveStream(std::unique_ptr<StoredBytes> stored, std::string_view format, int (*support_filter)(archive*))
      : DecodingStream(std::move(stored)),
        format_(format),
        support_filter_(support_filter),
        archive_(archive_read_new()),
        chunk_(StoredBytes::kChunk) {}
  ~LibarchiveStream() override { archive_read_free(archive_); }

 protected:
  absl::StatusOr<size_t> Decode(std::span<char> into) override {
    if (archive_ == nullptr) return absl::ResourceExhaustedError("no memory for a decoder; close other programs");
    if (!open_) {
      open_ = true;
      support_filter_(archive_);
      archive_read_support_format_raw(archive_);
      if (archive_read_open(archive_, this, nullptr, Provide, nullptr) != ARCHIVE_OK) return Failure();
      archive_entry* entry = nullptr;
      const int header = archive_read_next_header(archive_, &entry);
      if (header == ARCHIVE_EOF) return size_t{0};  // nothing was compressed
      if (header != ARCHIVE_OK) return Failure();
    }
    const la_ssize_t got = archive_read_data(archive_, into.data(), into.size());
    if (got < 0) return Failure();
    if (got == 0 && archive_filter_bytes(archive_, -1) < static_cast<la_int64_t>(stored().taken()) &&
        !OnlyZerosLeft(stored().taken())) {
      return Damage(format_, "is followed by bytes that are not compressed", 0);
    }
    return static_cast<size_t>(got);
  }

 private:
  // libarchive's callback for stored bytes. Points `chunk` at them and returns their number.
  static la_ssize_t Provide(archive*, void* self_pointer, const void** chunk) {
    auto& self = *static_cast<LibarchiveStream*>(self_pointer);
    const auto got = self.stored().Read(self.chunk_);
    if (!got.ok()) {
      self.read_failure_ = got.status();
      return -1;
    }
    *chunk = self.chunk_.data();
    if (*got > 0) self.provided_ = *got;  // at the end of the input the last chunk is still in chunk_
    return static_cast<la_ssize_t>(*got);
  }

  bool OnlyZerosLeft(uint64_t taken) const {
    const uint64_t left = taken - static_cast<uint64_t>(archive_filter_bytes(archive_, -1));
    const std::string_view last(chunk_.data(), provided_);
    return left <= last.size() && last.substr(last.size() - left).find_first_not_of('\0') == std::string_view::npos;
  }

  absl::Status Failure() const {
    if (!read_failure_.ok()) return read_failure_;
    const char* details = archive_error_string(archive_);
    const std::string what = "is cut off or damaged (" + std::string(details == nullptr ? "no details" : details) + ")";
    return Damage(format_, what, 0);
  }

  const std::string_view format_;
  int (*const support_filter_)(archive*);
  archive* archive_;
  std::vector<char> chunk_;
  size_t provided_ = 0;  // bytes of chunk_ that were provided last
  bool open_ = false;
  absl::Status read_failure_;
};

std::unique_ptr<ByteStream> DecodeBzip2(std::unique_ptr<StoredBytes> stored) {
  return std::make_unique<LibarchiveStream>(std::move(stored), "bzip2", archive_read_support_filter_bzip2);
}

std::unique_ptr<ByteStream> DecodeXz(std::unique_ptr<StoredBytes> stored) {
  return std::make_unique<LibarchiveStream>(std::move(stored), "xz", archive_read_support_filter_xz);
}

std::unique_ptr<ByteStream> DecodeLzma(std::unique_ptr<StoredBytes> stored) {
  return std::make_unique<LibarchiveStream>(std::move(stored), "lzma", archive_read_support_filter_lzma);
}

}  // namespace

constinit const Codec kBzip2Codec = {"bzip2", {"bz2"}, IsBzip2, DecodeBzip2};
constinit const Codec kXzCodec = {"xz", {"xz"}, IsXz, DecodeXz};
constinit const Codec kLzmaCodec = {"lzma", {"lzma"}, IsLzma, DecodeLzma};

}  // namespace unspin
