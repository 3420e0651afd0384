// A file mapped into memory, and advice on how its pages are read.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

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

// Maps a regular file for reading. An empty file is an empty view. Fails for folders, devices and pipes.
absl::StatusOr<MappedFile> MapFile(const std::string& path);

}  // namespace unspin
