// Whether a file is still being written, and whether it is the one that was read.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace unspin::watch {

struct FileState {
  uint64_t stamp = 0;      // of the file's number, size, time of change, and whether it can be read; never 0
  int64_t changed_ns = 0;  // when, since 1970
};

// Nothing where there is no regular file of this name.
std::optional<FileState> StateOf(const std::string& path);

enum class Writers {
  kNone,
  kSome,     // a process has the file open for writing
  kUnknown,  // the file is another user's, or the file system cannot tell
};
// Asks the kernel by a lease (fcntl, F_SETLEASE), which a file with writers does not get. It is given back at once.
Writers WritersOf(const std::string& path);

}  // namespace unspin::watch
