// File descriptors that close themselves, and the system calls on them that every reader and writer of files needs.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace unspin {

// Owns an open file descriptor, or none.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept;
  Descriptor& operator=(Descriptor&& other) noexcept;
  ~Descriptor();

  int get() const { return number_; }  // negative: none
  bool is_open() const { return number_ >= 0; }
  // Closes now and returns the result of close(2): some file systems report a full disk only here.
  int Close();

 private:
  int number_ = -1;
};

// open(2) with O_CLOEXEC, repeated if a signal interrupts it. If it fails, the descriptor is not open and errno is set.
Descriptor OpenDescriptor(const std::string& path, int flags, mode_t mode = 0);

// read(2), repeated if a signal interrupts it. If it fails, the result is negative and errno is set.
ssize_t ReadRetrying(int descriptor, char* into, size_t size);

// The size in bytes of an open regular file. Messages about other files are made of the verb `operation` ("cannot
// read") and its `participle` ("cannot be read").
absl::StatusOr<size_t> RegularFileSize(const Descriptor& descriptor, const std::string& path,
                                       std::string_view operation, std::string_view participle);

// Writes `chunks` one after the other, with as few system calls as possible: the page cache holds in large pages what
// one call writes. `path` is what messages name.
absl::Status WriteAll(int descriptor, const std::string& path, std::span<const std::string_view> chunks);

}  // namespace unspin
