// An exclusive lock on a file, between processes.
#pragma once

#include <chrono>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "unspin/io/descriptor.h"

namespace unspin {

// Held until this value is destroyed or the process ends.
class FileLock {
 private:
  friend absl::StatusOr<FileLock> LockFile(const std::string& path, std::chrono::milliseconds patience);
  explicit FileLock(Descriptor descriptor) : descriptor_(std::move(descriptor)) {}

  Descriptor descriptor_;
};

// Locks `path`, creating the file if it does not exist. The file stays afterwards; it names the last process that
// locked it. If another process holds the lock for longer than `patience`, the error names that process.
absl::StatusOr<FileLock> LockFile(const std::string& path, std::chrono::milliseconds patience = {});

// Locks an open file for this descriptor, or sets errno; EWOULDBLOCK: another one had it for longer than `patience`.
bool LockDescriptor(int descriptor, std::chrono::milliseconds patience);

// A process that was killed holds its locks until the system has taken it down, which may take longer than the start of
// the process that takes its place.
inline constexpr std::chrono::milliseconds kEndOfKilled{2000};

}  // namespace unspin
