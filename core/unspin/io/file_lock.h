// An exclusive lock on a file, between processes.
#pragma once

#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "unspin/io/descriptor.h"

namespace unspin {

// Held until this value is destroyed or the process ends.
class FileLock {
 private:
  friend absl::StatusOr<FileLock> LockFile(const std::string& path);
  explicit FileLock(Descriptor descriptor) : descriptor_(std::move(descriptor)) {}

  Descriptor descriptor_;
};

// Locks `path`, creating the file if it does not exist. The file stays afterwards; it names the last process that
// locked it. Does not wait: if another process holds the lock, the error names that process.
absl::StatusOr<FileLock> LockFile(const std::string& path);

}  // namespace unspin
