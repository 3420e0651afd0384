#include "unspin/io/write_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdint>
#include <cstdio>

#include "unspin/io/descriptor.h"
#include "unspin/io/file_error.h"

namespace unspin {
namespace {

// Read and write for everybody, less the umask, as for any file a program makes.
constexpr mode_t kNewFileMode = 0666;

std::string FolderOf(const std::string& path) {
  const size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

absl::Status SyncFolder(const std::string& path) {
  const Descriptor folder = OpenDescriptor(FolderOf(path), O_RDONLY | O_DIRECTORY);
  if (!folder.is_open()) return FileError(FolderOf(path), "cannot open the folder", errno);
  // EINVAL: a file system that has nothing to flush for a folder.
  if (::fsync(folder.get()) != 0 && errno != EINVAL) {
    return FileError(FolderOf(path), "cannot flush the folder", errno);
  }
  return absl::OkStatus();
}

// Creates `file`, fills it and flushes it. `named` is the path that messages name.
absl::Status CreateAndFill(const std::string& file, const std::string& named,
                           std::span<const std::string_view> chunks) {
  Descriptor descriptor = OpenDescriptor(file, O_WRONLY | O_CREAT | O_EXCL, kNewFileMode);
  if (!descriptor.is_open()) return FileError(named, "cannot create", errno);
  absl::Status status = WriteAll(descriptor.get(), named, chunks);
  if (status.ok() && ::fsync(descriptor.get()) != 0) status = FileError(named, "cannot flush to disk", errno);
  if (descriptor.Close() != 0 && status.ok()) status = FileError(named, "cannot finish writing", errno);
  if (!status.ok()) ::unlink(file.c_str());
  return status;
}

// Unique among the processes and threads of the machine.
std::string TemporaryName(const std::string& path) {
  static std::atomic<uint64_t> serial{0};
  return path + ".tmp-" + std::to_string(::getpid()) + "-" + std::to_string(serial.fetch_add(1));
}

}  // namespace

absl::Status WriteFileAtomically(const std::string& path, std::string_view bytes) {
  return WriteFileAtomically(path, {&bytes, 1});
}

absl::Status WriteFileAtomically(const std::string& path, std::span<const std::string_view> chunks) {
  struct stat about;
  if (::stat(path.c_str(), &about) == 0) {
    if (S_ISDIR(about.st_mode)) return FileError(path, "cannot write", EISDIR);
    if (!S_ISREG(about.st_mode)) {
      const Descriptor device = OpenDescriptor(path, O_WRONLY);
      if (!device.is_open()) return FileError(path, "cannot open", errno);
      return WriteAll(device.get(), path, chunks);
    }
  }
  const std::string temporary = TemporaryName(path);
  if (absl::Status status = CreateAndFill(temporary, path, chunks); !status.ok()) return status;
  if (::rename(temporary.c_str(), path.c_str()) != 0) {
    const absl::Status status = FileError(path, "cannot replace", errno);
    ::unlink(temporary.c_str());
    return status;
  }
  return SyncFolder(path);
}

absl::Status WriteFileDurably(const std::string& path, std::string_view bytes) {
  if (absl::Status status = CreateAndFill(path, path, {&bytes, 1}); !status.ok()) return status;
  return SyncFolder(path);
}

absl::Status WriteFileInPlace(const std::string& path, std::string_view bytes) {
  // An existing file is neither truncated to zero nor removed first. Some file systems flush a file that was truncated
  // to zero when it is closed, lest both contents be lost. ext4 skips the inode of a removed file for a while, each
  // time it looks for a free one.
  Descriptor descriptor = OpenDescriptor(path, O_WRONLY | O_CREAT, kNewFileMode);
  if (!descriptor.is_open()) return FileError(path, "cannot create", errno);
  struct stat about;
  if (::fstat(descriptor.get(), &about) != 0) return FileError(path, "cannot examine", errno);
  const auto size = static_cast<off_t>(bytes.size());
  if (S_ISREG(about.st_mode) && about.st_size > size && ::ftruncate(descriptor.get(), size) != 0)
    return FileError(path, "cannot shorten", errno);
  if (absl::Status status = WriteAll(descriptor.get(), path, {&bytes, 1}); !status.ok()) return status;
  if (descriptor.Close() != 0) return FileError(path, "cannot finish writing", errno);
  return absl::OkStatus();
}

}  // namespace unspin
