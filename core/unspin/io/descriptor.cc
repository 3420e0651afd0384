#include "unspin/io/descriptor.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <utility>
#include <vector>

#include "unspin/base/strings.h"
#include "unspin/io/file_error.h"

namespace unspin {

Descriptor::Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  std::swap(number_, other.number_);
  return *this;
}

Descriptor::~Descriptor() {
  if (is_open()) ::close(number_);
}

int Descriptor::Close() { return ::close(std::exchange(number_, -1)); }

Descriptor OpenDescriptor(const std::string& path, int flags, mode_t mode) {
  int number;
  do {
    number = ::open(path.c_str(), flags | O_CLOEXEC, mode);
  } while (number < 0 && errno == EINTR);
  return Descriptor(number);
}

ssize_t ReadRetrying(int descriptor, char* into, size_t size) {
  ssize_t got;
  do {
    got = ::read(descriptor, into, size);
  } while (got < 0 && errno == EINTR);
  return got;
}

absl::StatusOr<size_t> RegularFileSize(const Descriptor& descriptor, const std::string& path,
                                       std::string_view operation, std::string_view participle) {
  struct stat about;
  if (::fstat(descriptor.get(), &about) != 0) return FileError(path, "cannot examine", errno);
  if (S_ISDIR(about.st_mode)) return FileError(path, "cannot " + std::string(operation), EISDIR);
  if (!S_ISREG(about.st_mode)) {
    const std::string message =
        path + ": not a regular file, so it cannot be " + std::string(participle) + "; give a file on a disk";
    return absl::InvalidArgumentError(AbslView(message));
  }
  return static_cast<size_t>(about.st_size);
}

absl::Status WriteAll(int descriptor, const std::string& path, std::span<const std::string_view> chunks) {
  std::vector<iovec> vectors;
  for (const std::string_view chunk : chunks) {
    if (!chunk.empty()) vectors.push_back({const_cast<char*>(chunk.data()), chunk.size()});
  }
  for (auto next = vectors.begin(); next != vectors.end();) {
    const auto count = static_cast<int>(std::min<std::ptrdiff_t>(vectors.end() - next, IOV_MAX));
    const ssize_t written = ::writev(descriptor, &*next, count);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return FileError(path, "cannot write", errno);
    auto left = static_cast<size_t>(written);
    for (; next != vectors.end() && left >= next->iov_len; ++next) left -= next->iov_len;
    if (left > 0) *next = {static_cast<char*>(next->iov_base) + left, next->iov_len - left};
  }
  return absl::OkStatus();
}

}  // namespace unspin
