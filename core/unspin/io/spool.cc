#include "unspin/io/spool.h"

#include <fcntl.h>
#include <unistd.h>

#include <cassert>
#include <cerrno>

#include "unspin/io/file_error.h"

namespace unspin {

absl::StatusOr<Spool> Spool::Make(const std::string& path, size_t buffer_bytes) {
  Spool spool;
  spool.path_ = path;
  spool.descriptor_ = OpenDescriptor(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
  if (!spool.descriptor_.is_open()) return FileError(path, "cannot write", errno);
  ::unlink(path.c_str());
  spool.buffer_.reserve(buffer_bytes);
  spool.buffer_bytes_ = buffer_bytes;
  return spool;
}

void Spool::Flush() {
  for (size_t done = 0; done < buffer_.size() && error_ == 0;) {
    const ssize_t wrote = ::write(descriptor_.get(), buffer_.data() + done, buffer_.size() - done);
    if (wrote < 0 && errno != EINTR) error_ = errno;
    if (wrote > 0) done += static_cast<size_t>(wrote);
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

absl::Status Spool::Read(uint64_t offset, void* into, size_t bytes) const {
  assert(buffer_.empty() && offset + bytes <= written_);
  char* next = static_cast<char*>(into);
  while (bytes > 0) {
    const ssize_t got = ::pread(descriptor_.get(), next, bytes, static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return FileError(path_, "cannot read", got < 0 ? errno : EIO);
    next += got;
    offset += static_cast<uint64_t>(got);
    bytes -= static_cast<size_t>(got);
  }
  return absl::OkStatus();
}

}  // namespace unspin
