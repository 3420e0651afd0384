#include "unspin/io/file_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <string_view>
#include <thread>

#include "unspin/base/strings.h"
#include "unspin/io/file_error.h"

namespace unspin {
namespace {

absl::Status LockedByAnother(const Descriptor& descriptor, const std::string& path) {
  char holder[32] = {};  // decimal digits of a process id, and a line feed
  const ssize_t size = ::pread(descriptor.get(), holder, sizeof holder - 1, 0);
  const long process = size > 0 ? std::strtol(holder, nullptr, 10) : 0;
  const std::string owner = process > 0 ? "process " + std::to_string(process) : "another process";
  const std::string message = path + ": locked by " + owner + "; wait until it has finished, or end it";
  return absl::UnavailableError(AbslView(message));
}

}  // namespace

bool LockDescriptor(int descriptor, std::chrono::milliseconds patience) {
  constexpr std::chrono::milliseconds kLook{10};  // flock(2) has no time limit
  const auto end = std::chrono::steady_clock::now() + patience;
  while (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK || std::chrono::steady_clock::now() >= end) return false;
    std::this_thread::sleep_for(kLook);
  }
  return true;
}

absl::StatusOr<FileLock> LockFile(const std::string& path, std::chrono::milliseconds patience) {
  Descriptor descriptor = OpenDescriptor(path, O_RDWR | O_CREAT, 0666);
  if (!descriptor.is_open()) return FileError(path, "cannot open the lock file", errno);
  if (!LockDescriptor(descriptor.get(), patience)) {
    return errno == EWOULDBLOCK ? LockedByAnother(descriptor, path) : FileError(path, "cannot lock", errno);
  }
  if (::ftruncate(descriptor.get(), 0) != 0) return FileError(path, "cannot write the lock file", errno);
  const std::string process = std::to_string(::getpid()) + "\n";
  const std::string_view bytes = process;
  if (absl::Status status = WriteAll(descriptor.get(), path, {&bytes, 1}); !status.ok()) return status;
  return FileLock(std::move(descriptor));
}

}  // namespace unspin
