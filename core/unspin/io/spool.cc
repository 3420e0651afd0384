#include "unspin/io/spool.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "unspin/io/file.h"

namespace unspin {

absl::StatusOr<Spool> Spool::Make(const std::string& path, size_t buffer_bytes) {
  Spool spool;
  spool.path_ = path;
  spool.descriptor_ = open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (spool.descriptor_ < 0) return FileError(path, "cannot write", errno);
  unlink(path.c_str());
  spool.buffer_.reserve(buffer_bytes);
  spool.buffer_bytes_ = buffer_bytes;
  return spool;
}

Spool::Spool(Spool&& other) noexcept { *this = std::move(other); }

Spool& Spool::operator=(Spool&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(buffer_, other.buffer_);
  std::swap(buffer_bytes_, other.buffer_bytes_);
  std::swap(descriptor_, other.descriptor_);
  std::swap(written_, other.written_);
  std::swap(error_, other.error_);
  return *this;
}

Spool::~Spool() {
  if (descriptor_ >= 0) close(descriptor_);
}

void Spool::Flush() {
  for (size_t at = 0; at < buffer_.size() && error_ == 0;) {
    const ssize_t wrote = write(descriptor_, buffer_.data() + at, buffer_.size() - at);
    if (wrote < 0 && errno != EINTR) error_ = errno;
    if (wrote > 0) at += static_cast<size_t>(wrote);
  }
  written_ += buffer_.size();
  buffer_.clear();
}

void Spool::Append(std::string_view bytes) {
  buffer_.append(bytes);
  if (buffer_.size() >= buffer_bytes_) Flush();
}

absl::Status Spool::Finish() {
  Flush();
  return error_ == 0 ? absl::OkStatus() : FileError(path_, "cannot write", error_);
}

absl::Status Spool::Read(uint64_t offset, void* into, size_t size) const {
  char* at = static_cast<char*>(into);
  while (size > 0) {
    const ssize_t got = pread(descriptor_, at, size, static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return FileError(path_, "cannot read", got < 0 ? errno : EIO);
    at += got;
    offset += static_cast<uint64_t>(got);
    size -= static_cast<size_t>(got);
  }
  return absl::OkStatus();
}

}  // namespace unspin
