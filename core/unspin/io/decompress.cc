#include "unspin/io/decompress.h"

#include <archive.h>
#include <fcntl.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "unspin/base/strings.h"
#include "unspin/io/file.h"

namespace unspin {
namespace {

// Large enough that system calls do not show, small enough for the second-level cache.
constexpr size_t kStoredChunk = 256 << 10;

// The bytes as they are stored, from a descriptor or from memory, with a look at what comes next.
class StoredBytes {
 public:
  StoredBytes(std::string name, int descriptor) : name_(std::move(name)), descriptor_(descriptor) {}
  StoredBytes(std::string name, std::string bytes) : name_(std::move(name)), chunk_(std::move(bytes)) {
    end_ = chunk_.size();
  }
  StoredBytes(const StoredBytes&) = delete;
  StoredBytes& operator=(const StoredBytes&) = delete;
  ~StoredBytes() {
    if (descriptor_ > STDIN_FILENO) ::close(descriptor_);
  }

  const std::string& name() const { return name_; }
  uint64_t taken() const { return taken_; }
  std::string_view ahead() const { return {chunk_.data() + begin_, end_ - begin_}; }

  // Holds at least `size` bytes ahead, or all there are. REQUIRES: size <= kStoredChunk.
  absl::Status LookAhead(size_t size) {
    if (end_ - begin_ >= size || descriptor_ < 0) return absl::OkStatus();
    if (chunk_.size() < kStoredChunk) chunk_.resize(kStoredChunk);
    std::memmove(chunk_.data(), chunk_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
    while (end_ < size) {
      auto got = ReadDescriptor(chunk_.data() + end_, kStoredChunk - end_);
      if (!got.ok()) return got.status();
      if (*got == 0) break;
      end_ += *got;
    }
    return absl::OkStatus();
  }

  void Take(size_t size) {
    begin_ += size;
    taken_ += size;
  }

  absl::StatusOr<size_t> Read(char* into, size_t size) {
    if (begin_ == end_ && descriptor_ >= 0) {
      auto got = ReadDescriptor(into, size);
      if (got.ok()) taken_ += *got;
      return got;
    }
    const size_t got = std::min(size, end_ - begin_);
    std::memcpy(into, chunk_.data() + begin_, got);
    Take(got);
    return got;
  }

 private:
  absl::StatusOr<size_t> ReadDescriptor(char* into, size_t size) {
    ssize_t got;
    do {
      got = ::read(descriptor_, into, size);
    } while (got < 0 && errno == EINTR);
    if (got < 0) return FileError(name_, "cannot read", errno);
    return static_cast<size_t>(got);
  }

  std::string name_;
  int descriptor_ = -1;
  std::string chunk_;
  size_t begin_ = 0;
  size_t end_ = 0;
  uint64_t taken_ = 0;
};

// What every kind of stream shares: it owns the stored bytes, and its first error is its last word.
class StreamBase : public ByteStream {
 public:
  explicit StreamBase(std::unique_ptr<StoredBytes> stored) : stored_(std::move(stored)) {}
  uint64_t stored_bytes_read() const override { return stored_->taken(); }

  absl::StatusOr<size_t> Read(char* into, size_t size) final {
    if (!failure_.ok()) return failure_;
    if (finished_) return size_t{0};
    auto got = Decode(into, size);
    if (!got.ok()) {
      failure_ = got.status();
      return failure_;
    }
    if (*got == 0) {
      if (!failure_.ok()) return failure_;
      finished_ = true;
    }
    decoded_ += *got;
    return got;
  }

 protected:
  // Returns 0 at the end. An error found after some bytes goes to FailLater.
  virtual absl::StatusOr<size_t> Decode(char* into, size_t size) = 0;

  StoredBytes& stored() { return *stored_; }

  absl::StatusOr<size_t> FailLater(size_t done, absl::Status status) {
    failure_ = std::move(status);
    return done;
  }

  absl::Status Damage(std::string_view format, std::string_view what, size_t also_decoded) const {
    std::string message = stored_->name() + ": the " + std::string(format) + " data " + std::string(what) +
                          " at about byte " + std::to_string(stored_->taken()) + " (" +
                          std::to_string(decoded_ + also_decoded) + " bytes decoded); copy or download the file again";
    return absl::DataLossError(AbslView(message));
  }

 private:
  std::unique_ptr<StoredBytes> stored_;
  absl::Status failure_;
  bool finished_ = false;
  uint64_t decoded_ = 0;
};

class PlainStream final : public StreamBase {
 public:
  using StreamBase::StreamBase;

 protected:
  absl::StatusOr<size_t> Decode(char* into, size_t size) override { return stored().Read(into, size); }
};

bool IsGzip(std::string_view head) { return head.size() >= 3 && head.substr(0, 3) == "\x1f\x8b\x08"; }

bool IsZstd(std::string_view head) {
  if (head.size() < 4) return false;
  const auto byte = [&](size_t at) { return static_cast<unsigned char>(head[at]); };
  const bool frame = byte(0) == 0x28 && byte(1) == 0xb5 && byte(2) == 0x2f && byte(3) == 0xfd;
  const bool skippable = (byte(0) & 0xf0) == 0x50 && byte(1) == 0x2a && byte(2) == 0x4d && byte(3) == 0x18;
  return frame || skippable;
}

bool IsBzip2(std::string_view head) {
  if (head.size() < 10 || head.substr(0, 3) != "BZh" || head[3] < '1' || head[3] > '9') return false;
  const std::string_view block = head.substr(4, 6);
  return block == "\x31\x41\x59\x26\x53\x59" || block == "\x17\x72\x45\x38\x50\x90";
}

bool IsXz(std::string_view head) {
  return head.size() >= 6 && head.substr(0, 6) == std::string_view(
                                                      "\xfd"
                                                      "7zXZ\0",
                                                      6);
}

// Members of a compressed file stand one after the other; zeros may pad the last one (tapes and block devices do).
// Says whether another member follows.
absl::StatusOr<bool> AnotherMember(StoredBytes& stored, bool (*starts_member)(std::string_view)) {
  for (;;) {
    if (absl::Status status = stored.LookAhead(16); !status.ok()) return status;
    const std::string_view ahead = stored.ahead();
    if (ahead.empty()) return false;
    if (starts_member(ahead)) return true;
    const size_t zeros = std::min(ahead.find_first_not_of('\0'), ahead.size());
    if (zeros == 0) {
      const std::string message = stored.name() +
                                  ": bytes that are not compressed follow the compressed data at byte " +
                                  std::to_string(stored.taken()) + "; remove them or copy the file again";
      return absl::DataLossError(AbslView(message));
    }
    stored.Take(zeros);
  }
}

// Not through libarchive, which neither verifies gzip's checksum nor hands out the bytes before a truncation.
class GzipStream final : public StreamBase {
 public:
  explicit GzipStream(std::unique_ptr<StoredBytes> stored) : StreamBase(std::move(stored)) {
    ready_ = inflateInit2(&state_, 15 + 16) == Z_OK;  // largest window, gzip wrapper
  }
  ~GzipStream() override {
    if (ready_) inflateEnd(&state_);
  }

 protected:
  absl::StatusOr<size_t> Decode(char* into, size_t size) override {
    if (!ready_) return absl::ResourceExhaustedError("no memory for a gzip decoder; close other programs");
    size = std::min<size_t>(size, 1u << 30);  // zlib counts in unsigned int
    size_t done = 0;
    while (done == 0) {
      if (between_members_) {
        const auto more = AnotherMember(stored(), IsGzip);
        if (!more.ok()) return more.status();
        if (!*more) return size_t{0};
        inflateReset(&state_);
        between_members_ = false;
      }
      if (absl::Status status = stored().LookAhead(1); !status.ok()) return status;
      const std::string_view ahead = stored().ahead().substr(0, 1u << 30);
      state_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(ahead.data()));
      state_.avail_in = static_cast<uInt>(ahead.size());
      state_.next_out = reinterpret_cast<Bytef*>(into);
      state_.avail_out = static_cast<uInt>(size);
      const int result = inflate(&state_, Z_NO_FLUSH);
      stored().Take(ahead.size() - state_.avail_in);
      done = size - state_.avail_out;
      if (result == Z_STREAM_END) {
        between_members_ = true;
      } else if (result != Z_OK && result != Z_BUF_ERROR) {
        return FailLater(done, Damage("gzip", "is damaged", done));
      } else if (done == 0 && ahead.empty()) {
        return Damage("gzip", "is cut off", 0);
      }
    }
    return done;
  }

 private:
  z_stream state_{};
  bool ready_ = false;
  bool between_members_ = false;
};

class ZstdStream final : public StreamBase {
 public:
  explicit ZstdStream(std::unique_ptr<StoredBytes> stored)
      : StreamBase(std::move(stored)), state_(ZSTD_createDStream()) {
    // Public archives of posts and pages are made with --long=31: windows of up to 2 GiB.
    if (state_ != nullptr) ZSTD_DCtx_setParameter(state_, ZSTD_d_windowLogMax, 31);
  }
  ~ZstdStream() override { ZSTD_freeDStream(state_); }

 protected:
  absl::StatusOr<size_t> Decode(char* into, size_t size) override {
    if (state_ == nullptr) return absl::ResourceExhaustedError("no memory for a zstd decoder; close other programs");
    ZSTD_outBuffer out{into, size, 0};
    while (out.pos == 0) {
      if (between_frames_) {
        const auto more = AnotherMember(stored(), IsZstd);
        if (!more.ok()) return more.status();
        if (!*more) return size_t{0};
        between_frames_ = false;
      }
      if (absl::Status status = stored().LookAhead(1); !status.ok()) return status;
      const std::string_view ahead = stored().ahead();
      ZSTD_inBuffer in{ahead.data(), ahead.size(), 0};
      const size_t result = ZSTD_decompressStream(state_, &out, &in);
      stored().Take(in.pos);
      if (ZSTD_isError(result)) {
        const std::string what = std::string("is damaged (") + ZSTD_getErrorName(result) + ")";
        return FailLater(out.pos, Damage("zstd", what, out.pos));
      }
      if (result == 0) {
        between_frames_ = true;
      } else if (out.pos == 0 && ahead.empty()) {
        return Damage("zstd", "is cut off", 0);
      }
    }
    return out.pos;
  }

 private:
  ZSTD_DStream* state_;
  bool between_frames_ = false;
};

class LibarchiveStream final : public StreamBase {
 public:
  LibarchiveStream(std::unique_ptr<StoredBytes> stored, std::string format)
      : StreamBase(std::move(stored)), format_(std::move(format)), archive_(archive_read_new()), chunk_(kStoredChunk) {}
  ~LibarchiveStream() override { archive_read_free(archive_); }

 protected:
  absl::StatusOr<size_t> Decode(char* into, size_t size) override {
    if (archive_ == nullptr) return absl::ResourceExhaustedError("no memory for a decoder; close other programs");
    if (!open_) {
      open_ = true;
      if (format_ == "bzip2") archive_read_support_filter_bzip2(archive_);
      if (format_ == "xz") archive_read_support_filter_xz(archive_);
      archive_read_support_format_raw(archive_);
      if (archive_read_open(archive_, this, nullptr, Provide, nullptr) != ARCHIVE_OK) return Failure();
      archive_entry* entry = nullptr;
      const int header = archive_read_next_header(archive_, &entry);
      if (header == ARCHIVE_EOF) return size_t{0};  // nothing was compressed
      if (header != ARCHIVE_OK) return Failure();
    }
    const la_ssize_t got = archive_read_data(archive_, into, size);
    if (got < 0) return Failure();
    if (got == 0 && archive_filter_bytes(archive_, -1) < static_cast<la_int64_t>(stored().taken()) &&
        !OnlyZerosLeft()) {
      return Damage(format_, "is followed by bytes that are not compressed", 0);
    }
    return static_cast<size_t>(got);
  }

 private:
  static la_ssize_t Provide(archive*, void* self_pointer, const void** chunk) {
    auto& self = *static_cast<LibarchiveStream*>(self_pointer);
    auto got = self.stored().Read(self.chunk_.data(), self.chunk_.size());
    if (!got.ok()) {
      self.read_failure_ = got.status();
      return -1;
    }
    *chunk = self.chunk_.data();
    if (*got > 0) self.provided_ = *got;  // at the end the last chunk still stands there
    return static_cast<la_ssize_t>(*got);
  }

  bool OnlyZerosLeft() const {
    const uint64_t left = stored_bytes_read() - static_cast<uint64_t>(archive_filter_bytes(archive_, -1));
    const std::string_view last(chunk_.data(), provided_);
    return left <= last.size() && last.substr(last.size() - left).find_first_not_of('\0') == std::string_view::npos;
  }

  absl::Status Failure() const {
    if (!read_failure_.ok()) return read_failure_;
    const char* words = archive_error_string(archive_);
    return Damage(format_, "is cut off or damaged (" + std::string(words == nullptr ? "no details" : words) + ")", 0);
  }

  std::string format_;
  archive* archive_;
  std::vector<char> chunk_;
  size_t provided_ = 0;
  bool open_ = false;
  absl::Status read_failure_;
};

absl::StatusOr<std::unique_ptr<ByteStream>> Wrap(std::unique_ptr<StoredBytes> stored) {
  if (absl::Status status = stored->LookAhead(16); !status.ok()) return status;
  const std::string_view head = stored->ahead();
  if (IsGzip(head)) return std::make_unique<GzipStream>(std::move(stored));
  if (IsZstd(head)) return std::make_unique<ZstdStream>(std::move(stored));
  if (IsBzip2(head)) return std::make_unique<LibarchiveStream>(std::move(stored), "bzip2");
  if (IsXz(head)) return std::make_unique<LibarchiveStream>(std::move(stored), "xz");
  return std::make_unique<PlainStream>(std::move(stored));
}

}  // namespace

absl::StatusOr<std::unique_ptr<ByteStream>> ByteStream::Open(const std::string& path) {
  if (path == "-") return Wrap(std::make_unique<StoredBytes>("standard input", STDIN_FILENO));
  int descriptor;
  do {
    descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  } while (descriptor < 0 && errno == EINTR);
  if (descriptor < 0) return FileError(path, "cannot open", errno);
  return Wrap(std::make_unique<StoredBytes>(path, descriptor));
}

absl::StatusOr<std::unique_ptr<ByteStream>> ByteStream::FromBytes(std::string bytes, std::string name) {
  return Wrap(std::make_unique<StoredBytes>(std::move(name), std::move(bytes)));
}

}  // namespace unspin
