#include "watch/spool_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cerrno>
#include <charconv>
#include <filesystem>
#include <system_error>
#include <utility>

#include "unspin/base/strings.h"
#include "unspin/io/file_error.h"

namespace unspin::watch {
namespace {

constexpr std::string_view kPrefix = "spool-";
constexpr uint64_t kPartBytes = uint64_t{16} << 20;  // after which a new part begins: what is kept though it was read
constexpr size_t kTakenAtOnce = size_t{1} << 20;     // bytes; a pipe holds 64 KiB unless somebody made it larger
constexpr mode_t kMode = 0600;                       // articles that others may not be allowed to read

// The offset in the name of a part.
std::optional<uint64_t> OffsetIn(std::string_view name) {
  if (!name.starts_with(kPrefix)) return std::nullopt;
  name.remove_prefix(kPrefix.size());
  uint64_t offset = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), offset);
  if (error != std::errc() || end != name.data() + name.size()) return std::nullopt;
  return offset;
}

// Offset of the first byte → size.
std::map<uint64_t, uint64_t> PartsIn(const std::string& folder) {
  std::map<uint64_t, uint64_t> parts;
  std::error_code error;
  for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    const auto offset = OffsetIn(entry->path().filename().string());
    struct stat about;
    if (offset && ::stat(entry->path().c_str(), &about) == 0) parts[*offset] = static_cast<uint64_t>(about.st_size);
  }
  return parts;
}

}  // namespace

std::string SpoolFile::PathOf(uint64_t begin) const {
  return folder_ + "/" + std::string(kPrefix) + std::to_string(begin);
}

uint64_t SpoolFile::BytesLeft(const std::string& folder, uint64_t begin) {
  uint64_t end = begin;
  for (const auto& [offset, size] : PartsIn(folder)) end = std::max(end, offset + size);
  return end - begin;
}

absl::StatusOr<std::unique_ptr<SpoolFile>> SpoolFile::Open(const std::string& folder, uint64_t begin) {
  // After a loss of power the journal may know of bytes that the disk never got.
  std::unique_ptr<SpoolFile> spool(new SpoolFile(folder, begin));
  for (const auto& [offset, size] : PartsIn(folder)) {
    const std::string path = spool->PathOf(offset);
    if (offset + size <= begin) {
      ::unlink(path.c_str());
      continue;
    }
    Descriptor descriptor = OpenDescriptor(path, O_RDWR);
    if (!descriptor.is_open()) return FileError(path, "cannot open", errno);
    spool->parts_.emplace(offset, std::move(descriptor));
    spool->end_ = std::max(spool->end_, offset + size);
  }
  return spool;
}

absl::StatusOr<int> SpoolFile::LastPart() {
  if (!parts_.empty() && end_ - parts_.rbegin()->first < kPartBytes) return parts_.rbegin()->second.get();
  const std::string path = PathOf(end_);
  Descriptor descriptor = OpenDescriptor(path, O_RDWR | O_CREAT | O_TRUNC, kMode);
  if (!descriptor.is_open()) return FileError(path, "cannot make the file", errno);
  return parts_.insert_or_assign(end_, std::move(descriptor)).first->second.get();
}

absl::StatusOr<std::optional<uint64_t>> SpoolFile::TakeFrom(int descriptor) {
  int part = -1;
  uint64_t begin = 0;  // of the part
  {
    const std::lock_guard lock(mutex_);
    const auto last = LastPart();
    if (!last.ok()) return last.status();
    part = *last;
    begin = parts_.rbegin()->first;
  }
  off_t at = static_cast<off_t>(end_ - begin);
  ssize_t moved = 0;
  do {
    moved = ::splice(descriptor, nullptr, part, &at, kTakenAtOnce, SPLICE_F_MOVE | SPLICE_F_NONBLOCK);
  } while (moved < 0 && errno == EINTR);
  if (moved < 0 && errno == EAGAIN) return std::nullopt;
  if (moved < 0 && errno == EINVAL) {  // no pipe
    std::array<char, 1 << 16> bytes;
    moved = ReadRetrying(descriptor, bytes.data(), bytes.size());
    if (moved < 0 && errno == EAGAIN) return std::nullopt;
    if (moved < 0) return FileError("-", "cannot read standard input", errno);
    if (absl::Status status = Append({bytes.data(), static_cast<size_t>(moved)}); !status.ok()) return status;
    return static_cast<uint64_t>(moved);
  }
  if (moved < 0) return FileError(PathOf(begin), "cannot write", errno);
  end_ += static_cast<uint64_t>(moved);
  return static_cast<uint64_t>(moved);
}

absl::Status SpoolFile::Append(std::string_view bytes) {
  const std::lock_guard lock(mutex_);
  const auto part = LastPart();
  if (!part.ok()) return part.status();
  const uint64_t begin = parts_.rbegin()->first;
  while (!bytes.empty()) {
    const ssize_t size = ::pwrite(*part, bytes.data(), bytes.size(), static_cast<off_t>(end_ - begin));
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return FileError(PathOf(begin), "cannot write", errno);
    end_ += static_cast<uint64_t>(size);
    bytes.remove_prefix(static_cast<size_t>(size));
  }
  return absl::OkStatus();
}

absl::StatusOr<size_t> SpoolFile::Read(uint64_t offset, std::span<char> into) const {
  const std::lock_guard lock(mutex_);
  if (offset >= end_ || parts_.empty()) return 0;
  auto part = parts_.upper_bound(offset);
  assert(part != parts_.begin());
  const uint64_t part_end = part == parts_.end() ? end_ : part->first;
  --part;
  const size_t wanted = std::min<uint64_t>(into.size(), part_end - offset);
  for (;;) {
    const ssize_t size = ::pread(part->second.get(), into.data(), wanted, static_cast<off_t>(offset - part->first));
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return FileError(PathOf(part->first), "cannot read", errno);
    if (size == 0 && wanted > 0)
      return absl::DataLossError(AbslView(PathOf(part->first) + ": bytes are missing in it"));
    return static_cast<size_t>(size);
  }
}

absl::Status SpoolFile::Forget(uint64_t offset, const std::function<absl::Status()>& before) {
  const std::lock_guard lock(mutex_);
  bool first = true;
  while (parts_.size() > 1 && std::next(parts_.begin())->first <= offset) {
    if (std::exchange(first, false)) {
      if (absl::Status status = before(); !status.ok()) return status;
    }
    if (::unlink(PathOf(parts_.begin()->first).c_str()) != 0)
      return FileError(PathOf(parts_.begin()->first), "cannot remove", errno);
    parts_.erase(parts_.begin());
  }
  return absl::OkStatus();
}

}  // namespace unspin::watch
