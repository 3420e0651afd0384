#include "unspin/io/file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cassert>
#include <cerrno>
#include <climits>
#include <cstddef>
#include <cstdlib>
#include <system_error>
#include <utility>
#include <vector>

#include "unspin/base/strings.h"

namespace unspin {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  int get() const { return number_; }
  // Some file systems report a full disk only here.
  int Close() { return ::close(std::exchange(number_, -1)); }

 private:
  int number_;
};

std::string_view Advice(int error_number) {
  switch (error_number) {
    case ENOSPC:
    case EDQUOT:
      return "free some space there or choose another disk";
    case EACCES:
    case EPERM:
      return "check the permissions of the file and its folder";
    case EROFS:
      return "choose a folder that can be written to";
    case ENOENT:
      return "check the name, and that its folder exists";
    case ENOTDIR:
    case EISDIR:
      return "give the name of a file";
    case EEXIST:
      return "choose another name or remove the file first";
    case EMFILE:
    case ENFILE:
      return "raise the limit of open files (ulimit -n)";
    case EFBIG:
      return "raise the limit of file sizes (ulimit -f)";
    default:
      return "check the disk and try again";
  }
}

std::string FolderOf(const std::string& path) {
  const size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

int OpenRetrying(const std::string& path, int flags, mode_t mode = 0) {
  int descriptor;
  do {
    descriptor = ::open(path.c_str(), flags | O_CLOEXEC, mode);
  } while (descriptor < 0 && errno == EINTR);
  return descriptor;
}

// Many pieces at once: the page cache holds in large pages what is written by one call.
absl::Status WriteAll(int descriptor, const std::string& path, std::span<const std::string_view> pieces) {
  std::vector<iovec> parts;
  for (const std::string_view piece : pieces) {
    if (!piece.empty()) parts.push_back({const_cast<char*>(piece.data()), piece.size()});
  }
  for (auto part = parts.begin(); part != parts.end();) {
    const auto count = static_cast<int>(std::min<std::ptrdiff_t>(parts.end() - part, IOV_MAX));
    const ssize_t written = ::writev(descriptor, &*part, count);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return FileError(path, "cannot write", errno);
    auto left = static_cast<size_t>(written);
    for (; part != parts.end() && left >= part->iov_len; ++part) left -= part->iov_len;
    if (left > 0) *part = {static_cast<char*>(part->iov_base) + left, part->iov_len - left};
  }
  return absl::OkStatus();
}

absl::Status SyncFolder(const std::string& path) {
  const Descriptor folder(OpenRetrying(FolderOf(path), O_RDONLY | O_DIRECTORY));
  if (folder.get() < 0) return FileError(FolderOf(path), "cannot open the folder", errno);
  // EINVAL: a file system that has nothing to flush for a folder.
  if (::fsync(folder.get()) != 0 && errno != EINVAL) {
    return FileError(FolderOf(path), "cannot flush the folder", errno);
  }
  return absl::OkStatus();
}

// Creates `file`, fills it and flushes it; `named` is the path that messages speak of.
absl::Status CreateAndFill(const std::string& file, const std::string& named,
                           std::span<const std::string_view> pieces) {
  Descriptor descriptor(OpenRetrying(file, O_WRONLY | O_CREAT | O_EXCL, 0666));
  if (descriptor.get() < 0) return FileError(named, "cannot create", errno);
  absl::Status status = WriteAll(descriptor.get(), named, pieces);
  if (status.ok() && ::fsync(descriptor.get()) != 0) status = FileError(named, "cannot flush to disk", errno);
  if (descriptor.Close() != 0 && status.ok()) status = FileError(named, "cannot finish writing", errno);
  if (!status.ok()) ::unlink(file.c_str());
  return status;
}

absl::StatusOr<size_t> SizeOfRegular(const Descriptor& descriptor, const std::string& path, std::string_view what,
                                     std::string_view done) {
  struct stat about;
  if (::fstat(descriptor.get(), &about) != 0) return FileError(path, "cannot examine", errno);
  if (S_ISDIR(about.st_mode)) return FileError(path, what, EISDIR);
  if (!S_ISREG(about.st_mode)) {
    const std::string message =
        path + ": not a regular file, so it cannot be " + std::string(done) + "; give a file on a disk";
    return absl::InvalidArgumentError(AbslView(message));
  }
  return static_cast<size_t>(about.st_size);
}

std::string TemporaryName(const std::string& path) {
  static std::atomic<uint64_t> serial{0};
  return path + ".tmp-" + std::to_string(::getpid()) + "-" + std::to_string(serial.fetch_add(1));
}

}  // namespace

absl::Status FileError(const std::string& path, std::string_view what, int error_number) {
  std::string message = path;
  message.append(": ").append(what).append(": ");
  message.append(std::system_category().message(error_number)).append("; ").append(Advice(error_number));
  const auto view = AbslView(message);
  switch (error_number) {
    case ENOENT:
      return absl::NotFoundError(view);
    case EACCES:
    case EPERM:
      return absl::PermissionDeniedError(view);
    case EEXIST:
      return absl::AlreadyExistsError(view);
    case ENOSPC:
    case EDQUOT:
    case EMFILE:
    case ENFILE:
    case EFBIG:
      return absl::ResourceExhaustedError(view);
    default:
      return absl::UnavailableError(view);
  }
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : begin_(std::exchange(other.begin_, nullptr)), size_(std::exchange(other.size_, 0)) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
  std::swap(begin_, other.begin_);
  std::swap(size_, other.size_);
  return *this;
}

MappedFile::~MappedFile() {
  if (begin_ != nullptr) ::munmap(const_cast<char*>(begin_), size_);
}

absl::StatusOr<MappedFile> MapFile(const std::string& path) {
  const Descriptor descriptor(OpenRetrying(path, O_RDONLY));
  if (descriptor.get() < 0) return FileError(path, "cannot open", errno);
  const absl::StatusOr<size_t> size = SizeOfRegular(descriptor, path, "cannot map", "mapped");
  if (!size.ok()) return size.status();
  MappedFile file;
  if (*size == 0) return file;  // mmap refuses a length of zero
  void* begin = ::mmap(nullptr, *size, PROT_READ, MAP_SHARED, descriptor.get(), 0);
  if (begin == MAP_FAILED) return FileError(path, "cannot map", errno);
  file.begin_ = static_cast<const char*>(begin);
  file.size_ = *size;
  return file;
}

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  const Descriptor descriptor(OpenRetrying(path, O_RDONLY));
  if (descriptor.get() < 0) return FileError(path, "cannot open", errno);
  const absl::StatusOr<size_t> size = SizeOfRegular(descriptor, path, "cannot read", "read");
  if (!size.ok()) return size.status();
  std::string bytes(*size, '\0');
  size_t filled = 0;
  while (filled < bytes.size()) {
    const ssize_t got = ::read(descriptor.get(), bytes.data() + filled, bytes.size() - filled);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return FileError(path, "cannot read", errno);
    if (got == 0) break;  // cut off since it was opened
    filled += static_cast<size_t>(got);
  }
  bytes.resize(filled);
  return bytes;
}

absl::Status WriteFileInPlace(const std::string& path, std::string_view bytes) {
  // A file that is there is kept: one cut to nothing is flushed by some file systems when it is closed, lest both its
  // contents be lost, and one removed leaves a place that ext4 passes over for a while, each time it looks for a free
  // one.
  Descriptor descriptor(OpenRetrying(path, O_WRONLY | O_CREAT, 0666));
  if (descriptor.get() < 0) return FileError(path, "cannot create", errno);
  struct stat about;
  if (::fstat(descriptor.get(), &about) != 0) return FileError(path, "cannot examine", errno);
  const auto size = static_cast<off_t>(bytes.size());
  if (S_ISREG(about.st_mode) && about.st_size > size && ::ftruncate(descriptor.get(), size) != 0)
    return FileError(path, "cannot shorten", errno);
  if (absl::Status status = WriteAll(descriptor.get(), path, {&bytes, 1}); !status.ok()) return status;
  if (descriptor.Close() != 0) return FileError(path, "cannot finish writing", errno);
  return absl::OkStatus();
}

namespace {

// Advises the kernel on the pages that the bytes are in.
void Advise(std::string_view bytes, int advice) {
  static const auto page = static_cast<uintptr_t>(::sysconf(_SC_PAGESIZE));
  if (bytes.empty()) return;
  const uintptr_t begin = reinterpret_cast<uintptr_t>(bytes.data()) / page * page;
  const uintptr_t end = reinterpret_cast<uintptr_t>(bytes.data()) + bytes.size();
  ::madvise(reinterpret_cast<void*>(begin), end - begin, advice);  // errors do not matter
}

[[maybe_unused]] bool IsPartOf(std::string_view chunk, std::string_view bytes) {
  return chunk.empty() || (chunk.data() >= bytes.data() && chunk.data() + chunk.size() <= bytes.data() + bytes.size());
}

}  // namespace

void MappedFile::Apply(PagePolicy policy, std::string_view chunk) const {
  assert(IsPartOf(chunk, bytes()));
  switch (policy) {
    case PagePolicy::kHugePages:
      Advise(chunk, MADV_NORMAL);
      Advise(chunk, MADV_HUGEPAGE);
      return;
    case PagePolicy::kRandom:
      Advise(chunk, MADV_NOHUGEPAGE);
      Advise(chunk, MADV_RANDOM);
      return;
  }
}

void MappedFile::Prefetch(std::string_view chunk) const {
  assert(IsPartOf(chunk, bytes()));
  Advise(chunk, MADV_WILLNEED);
}

void MappedFile::Release() const { Advise(bytes(), MADV_DONTNEED); }

absl::Status WriteFileAtomically(const std::string& path, std::string_view bytes) {
  return WriteFileAtomically(path, {&bytes, 1});
}

absl::Status WriteFileAtomically(const std::string& path, std::span<const std::string_view> pieces) {
  struct stat about;
  if (::stat(path.c_str(), &about) == 0) {
    if (S_ISDIR(about.st_mode)) return FileError(path, "cannot write", EISDIR);
    if (!S_ISREG(about.st_mode)) {
      const Descriptor device(OpenRetrying(path, O_WRONLY));
      if (device.get() < 0) return FileError(path, "cannot open", errno);
      return WriteAll(device.get(), path, pieces);
    }
  }
  const std::string temporary = TemporaryName(path);
  if (absl::Status status = CreateAndFill(temporary, path, pieces); !status.ok()) return status;
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

FileLock::FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

FileLock& FileLock::operator=(FileLock&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

FileLock::~FileLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

absl::StatusOr<FileLock> LockFile(const std::string& path) {
  FileLock lock(OpenRetrying(path, O_RDWR | O_CREAT, 0666));
  const int descriptor = lock.descriptor_;
  if (descriptor < 0) return FileError(path, "cannot open the lock file", errno);
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return FileError(path, "cannot lock", errno);
    char holder[32] = {};
    const ssize_t size = ::pread(descriptor, holder, sizeof holder - 1, 0);
    const long process = size > 0 ? std::strtol(holder, nullptr, 10) : 0;
    const std::string who = process > 0 ? "process " + std::to_string(process) : "another process";
    const std::string message = path + ": locked by " + who + "; wait until it has finished, or end it";
    return absl::UnavailableError(AbslView(message));
  }
  if (::ftruncate(descriptor, 0) != 0) return FileError(path, "cannot write the lock file", errno);
  const std::string process = std::to_string(::getpid()) + "\n";
  const std::string_view bytes = process;
  if (absl::Status status = WriteAll(descriptor, path, {&bytes, 1}); !status.ok()) return status;
  return lock;
}

}  // namespace unspin
