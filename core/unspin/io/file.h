// A file mapped into memory, and advice on how its pages are read.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace unspin {

// A file's bytes, readable for as long as this value lives. Movable; safe to share between threads.
class MappedFile {
 public:
  MappedFile() = default;
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;
  ~MappedFile();

  std::string_view bytes() const { return {begin_, size_}; }
  // Lets the pages go that were read so far; they come back when they are read again.
  void Release() const;
  // Says that most of it is read: it comes from disk in large pages, and is found by fewer look-ups.
  void ReadsAreMany() const;
  // Takes that back for these bytes of the file: reads come from anywhere in them, and what lies beside is not fetched
  // from disk.
  void ReadsAreScattered(std::string_view part) const;
  // Says that these bytes of the file are read soon: the disk fetches them meanwhile, many at once.
  void WillBeRead(std::string_view part) const;

 private:
  friend absl::StatusOr<MappedFile> MapFile(const std::string& path);

  const char* begin_ = nullptr;
  size_t size_ = 0;
};

// Maps a regular file for reading. An empty file is an empty view. Fails for folders, devices and pipes.
absl::StatusOr<MappedFile> MapFile(const std::string& path);

}  // namespace unspin
