#include "watch/file_state.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

#include "unspin/base/bytes.h"
#include "unspin/base/hash.h"
#include "unspin/io/descriptor.h"

namespace unspin::watch {

std::optional<FileState> StateOf(const std::string& path) {
  struct stat about;
  if (::stat(path.c_str(), &about) != 0 || !S_ISREG(about.st_mode)) return std::nullopt;
  constexpr int64_t kNanoseconds = 1'000'000'000;  // in a second
  FileState state;
  state.changed_ns = int64_t{about.st_mtim.tv_sec} * kNanoseconds + about.st_mtim.tv_nsec;
  std::string bytes;
  AppendNumbers(bytes, uint64_t{about.st_ino}, int64_t{about.st_size}, state.changed_ns);
  if (::access(path.c_str(), R_OK) != 0) bytes += "unreadable";  // another one once its permissions are put right
  state.stamp = Hash64(bytes) | 1;
  return state;
}

Writers WritersOf(const std::string& path) {
  const Descriptor file = OpenDescriptor(path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
  if (!file.is_open()) return Writers::kUnknown;
  // A writer that comes while the lease is held waits for it, and this process gets a signal: one that it ignores.
  if (::fcntl(file.get(), F_SETSIG, SIGURG) != 0) return Writers::kUnknown;
  if (::fcntl(file.get(), F_SETLEASE, F_RDLCK) != 0) return errno == EAGAIN ? Writers::kSome : Writers::kUnknown;
  ::fcntl(file.get(), F_SETLEASE, F_UNLCK);
  return Writers::kNone;
}

}  // namespace unspin::watch
