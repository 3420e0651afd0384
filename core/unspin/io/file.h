// Files as a whole: map or read one, replace one atomically, write one in place or a new one durably, and hold a lock.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace unspin {

// How the pages of a mapping are mapped and read from disk: advice to the kernel (madvise). It never changes what is
// read, and a kernel that refuses it maps the pages as before.
enum class PagePolicy {
  kHugePages,  // MADV_HUGEPAGE: fewer page faults and TLB misses where most bytes are read (decision 28)
  kRandom,     // MADV_RANDOM, pages of 4 KiB: no read-ahead, where memory cannot hold what is read here and there
};

// A file's bytes, readable for as long as this value lives. Movable; safe to share between threads.
class MappedFile {
 public:
  MappedFile() = default;
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;
  ~MappedFile();

  std::string_view bytes() const { return {begin_, size_}; }
  // REQUIRES of Apply and Prefetch: `chunk` is a part of bytes().
  void Apply(PagePolicy policy, std::string_view chunk) const;
  // Starts to read these bytes from disk, in the background (MADV_WILLNEED).
  void Prefetch(std::string_view chunk) const;
  // Unmaps all pages (MADV_DONTNEED), so that they no longer count as memory of the process; reads map them again.
  void Release() const;

 private:
  friend absl::StatusOr<MappedFile> MapFile(const std::string& path);

  const char* begin_ = nullptr;
  size_t size_ = 0;
};

// Maps a regular file for reading. An empty file is an empty view.
absl::StatusOr<MappedFile> MapFile(const std::string& path);

// The bytes of a regular file. Of a small one, faster than to map it and take the pages in.
absl::StatusOr<std::string> ReadFile(const std::string& path);

// Writes `bytes` over what the file holds, or makes it: one of many that a run writes, and that the next run would
// write again. Neither atomic nor flushed. Devices and pipes take the bytes as they come.
absl::Status WriteFileInPlace(const std::string& path, std::string_view bytes);

// Puts `bytes` at `path` so that a reader, or a machine that loses power, sees the old file or the new one and nothing
// between. Leaves no temporary file behind on failure. Devices and pipes are written in place.
absl::Status WriteFileAtomically(const std::string& path, std::string_view bytes);
// The same from pieces, one behind the other.
absl::Status WriteFileAtomically(const std::string& path, std::span<const std::string_view> pieces);

// Writes a file that must not exist yet, and returns once the disk holds it. On failure the file is removed again.
absl::Status WriteFileDurably(const std::string& path, std::string_view bytes);

// An exclusive lock between processes, held until this value is destroyed or the process ends.
class FileLock {
 public:
  FileLock(FileLock&& other) noexcept;
  FileLock& operator=(FileLock&& other) noexcept;
  ~FileLock();

 private:
  friend absl::StatusOr<FileLock> LockFile(const std::string& path);
  explicit FileLock(int descriptor) : descriptor_(descriptor) {}

  int descriptor_ = -1;
};

// Locks `path`, making the file where there is none; the file stays and names the process that locked it last.
// Does not wait: where another process holds the lock, the error says which.
absl::StatusOr<FileLock> LockFile(const std::string& path);

// "FILE: WHAT: the system's words for ERROR_NUMBER; what to do". `what` is such as "cannot open".
absl::Status FileError(const std::string& path, std::string_view what, int error_number);

}  // namespace unspin
