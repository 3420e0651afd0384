#include "unspin/io/random_access.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include "unspin/base/strings.h"
#include "unspin/io/descriptor.h"
#include "unspin/io/file_error.h"
#include "unspin/io/spool.h"

namespace unspin {
namespace {

// What is kept in memory; a temporary file is made for more. Most files that come compressed are smaller.
constexpr size_t kMaxBytesInMemory = size_t{32} << 20;
constexpr size_t kChunk = size_t{1} << 18;  // bytes asked of a stream, and given to a temporary file, at once

class StoredFile final : public RandomAccess {
 public:
  StoredFile(std::string path, Descriptor descriptor, uint64_t size)
      : path_(std::move(path)), descriptor_(std::move(descriptor)), size_(size) {}

  uint64_t size() const override { return size_; }

  std::string Read(uint64_t offset, void* into, size_t bytes) const override {
    assert(offset + bytes <= size_);
    for (char* next = static_cast<char*>(into); bytes > 0;) {
      const ssize_t got = ::pread(descriptor_.get(), next, bytes, static_cast<off_t>(offset));
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return std::string(StdView(FileError(path_, "cannot read", errno).message()));
      if (got == 0) return path_ + ": the file became shorter while it was read";
      next += got;
      offset += static_cast<uint64_t>(got);
      bytes -= static_cast<size_t>(got);
    }
    return "";
  }

 private:
  const std::string path_;
  const Descriptor descriptor_;
  const uint64_t size_;
};

class BytesInMemory final : public RandomAccess {
 public:
  explicit BytesInMemory(std::string bytes) : bytes_(std::move(bytes)) {}

  uint64_t size() const override { return bytes_.size(); }

  std::string Read(uint64_t offset, void* into, size_t bytes) const override {
    assert(offset + bytes <= bytes_.size());
    std::memcpy(into, bytes_.data() + offset, bytes);
    return "";
  }

 private:
  const std::string bytes_;
};

class BytesOnDisk final : public RandomAccess {
 public:
  explicit BytesOnDisk(Spool spool) : spool_(std::move(spool)) {}

  uint64_t size() const override { return spool_.size(); }

  std::string Read(uint64_t offset, void* into, size_t bytes) const override {
    return std::string(StdView(spool_.Read(offset, into, bytes).message()));
  }

 private:
  const Spool spool_;
};

// A file in a folder of its own, so that nobody else can put a link under its name. Both are gone at once.
absl::StatusOr<Spool> MakeTemporarySpool() {
  std::error_code ignored;
  std::string folder = (std::filesystem::temp_directory_path(ignored) / "unspin-XXXXXX").string();
  if (::mkdtemp(folder.data()) == nullptr) return FileError(folder, "cannot create a temporary folder", errno);
  auto spool = Spool::Make(folder + "/input", kChunk);
  ::rmdir(folder.c_str());
  return spool;
}

}  // namespace

absl::StatusOr<std::unique_ptr<RandomAccess>> OpenRandomAccess(const std::string& path) {
  Descriptor descriptor = OpenDescriptor(path, O_RDONLY);
  if (!descriptor.is_open()) return FileError(path, "cannot open", errno);
  const auto size = RegularFileSize(descriptor, path, "cannot read", "cannot be read");
  if (!size.ok()) return size.status();
  return std::make_unique<StoredFile>(path, std::move(descriptor), *size);
}

absl::StatusOr<std::unique_ptr<RandomAccess>> KeepStream(ByteStream& stream) {
  std::string bytes, chunk(kChunk, '\0');
  std::optional<Spool> spool;
  for (;;) {
    const auto got = stream.Read(chunk);
    if (!got.ok()) return got.status();
    if (*got == 0) break;
    const std::string_view read = std::string_view(chunk).substr(0, *got);
    if (!spool && bytes.size() + read.size() > kMaxBytesInMemory) {
      auto made = MakeTemporarySpool();
      if (!made.ok()) return made.status();
      spool = *std::move(made);
      spool->Append(std::exchange(bytes, {}));
    }
    if (spool) {
      spool->Append(read);
    } else {
      bytes += read;
    }
  }
  if (!spool) return std::make_unique<BytesInMemory>(std::move(bytes));
  if (const absl::Status status = spool->Finish(); !status.ok()) return status;
  return std::make_unique<BytesOnDisk>(*std::move(spool));
}

}  // namespace unspin
