// The file or stream that findings go to, a line each: whole lines, and each on the disk before it counts.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "unspin/io/descriptor.h"

namespace unspin::watch {

// Not safe to share between threads.
class FindingsFile {
 public:
  // "-": standard output. Makes the file where it is missing. Calls `each` for every line behind the first
  // `known_bytes`, or for all where the file does not have a line that ends there: it is another file by now. What
  // follows the last line feed is cut off. Fails where `each` does, or where another process writes the file.
  static absl::StatusOr<std::unique_ptr<FindingsFile>> Open(const std::string& path, uint64_t known_bytes,
                                                            const std::function<absl::Status(std::string_view)>& each);

  // Whether lines can be read again: a regular file.
  bool is_file() const { return is_file_; }
  uint64_t bytes() const { return bytes_; }  // of a file
  const std::string& path() const { return path_; }

  // Writes a line and its line feed. Waits for a slow reader. A file has it on the disk afterwards; a line that could
  // not be written whole is removed again. Afterwards error_number() says why.
  absl::Status Write(std::string line);
  int error_number() const { return error_; }  // of the first Write that failed

 private:
  FindingsFile(std::string path, Descriptor owned, int descriptor)
      : path_(std::move(path)), owned_(std::move(owned)), descriptor_(descriptor) {}
  absl::Status ReadLines(uint64_t known_bytes, const std::function<absl::Status(std::string_view)>& each);
  absl::Status Fail();

  const std::string path_;
  const Descriptor owned_;  // closed at the end; standard output is not
  const int descriptor_;
  bool is_file_ = false;
  uint64_t bytes_ = 0;
  int error_ = 0;
};

}  // namespace unspin::watch
