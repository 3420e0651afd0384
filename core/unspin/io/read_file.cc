#include "unspin/io/read_file.h"

#include <fcntl.h>

#include <cerrno>

#include "unspin/io/descriptor.h"
#include "unspin/io/file_error.h"

namespace unspin {

absl::StatusOr<std::string> ReadFile(const std::string& path, uint64_t max_bytes) {
  const Descriptor descriptor = OpenDescriptor(path, O_RDONLY);
  if (!descriptor.is_open()) return FileError(path, "cannot open", errno);
  const absl::StatusOr<size_t> size = RegularFileSize(descriptor, path, "read", "read");
  if (!size.ok()) return size.status();
  if (*size > max_bytes)
    return absl::ResourceExhaustedError(path + ": has " + std::to_string(*size) + " bytes; at most " +
                                        std::to_string(max_bytes) + " are read");
  std::string bytes(*size, '\0');
  size_t filled = 0;
  while (filled < bytes.size()) {
    const ssize_t got = ReadRetrying(descriptor.get(), bytes.data() + filled, bytes.size() - filled);
    if (got < 0) return FileError(path, "cannot read", errno);
    if (got == 0) break;  // truncated since it was opened
    filled += static_cast<size_t>(got);
  }
  bytes.resize(filled);
  return bytes;
}

}  // namespace unspin
