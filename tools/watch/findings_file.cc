#include "watch/findings_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <utility>

#include "unspin/base/strings.h"
#include "unspin/io/file.h"
#include "unspin/io/file_error.h"
#include "unspin/io/file_lock.h"

namespace unspin::watch {

absl::StatusOr<std::unique_ptr<FindingsFile>> FindingsFile::Open(
    const std::string& path, uint64_t known_bytes, const std::function<absl::Status(std::string_view)>& each) {
  if (path == "-") return std::unique_ptr<FindingsFile>(new FindingsFile(path, Descriptor(), STDOUT_FILENO));
  Descriptor descriptor = OpenDescriptor(path, O_RDWR | O_CREAT | O_APPEND, 0666);
  if (!descriptor.is_open()) return FileError(path, "cannot open", errno);
  const int number = descriptor.get();
  std::unique_ptr<FindingsFile> file(new FindingsFile(path, std::move(descriptor), number));
  struct stat about;
  if (::fstat(number, &about) != 0) return FileError(path, "cannot open", errno);
  file->is_file_ = S_ISREG(about.st_mode);
  if (!file->is_file_) return file;
  if (!LockDescriptor(number, kEndOfKilled))
    return absl::UnavailableError(AbslView(path + ": another watch writes this file; end it, or name another file"));
  if (absl::Status status = file->ReadLines(known_bytes, each); !status.ok()) return status;
  // A new file outlives a loss of power once its folder is on the disk.
  const std::string folder = std::filesystem::path(path).parent_path().string();
  const Descriptor parent = OpenDescriptor(folder.empty() ? "." : folder, O_RDONLY | O_DIRECTORY);
  if (parent.is_open() && ::fsync(parent.get()) != 0) return FileError(folder, "cannot write the folder", errno);
  return file;
}

absl::Status FindingsFile::ReadLines(uint64_t known_bytes, const std::function<absl::Status(std::string_view)>& each) {
  const auto mapped = MapFile(path_);
  if (!mapped.ok()) return mapped.status();
  const std::string_view all = mapped->bytes();
  const bool is_same = known_bytes <= all.size() && (known_bytes == 0 || all[known_bytes - 1] == '\n');
  bytes_ = is_same ? known_bytes : 0;
  for (size_t end; (end = all.find('\n', bytes_)) != std::string_view::npos; bytes_ = end + 1) {
    if (absl::Status status = each(all.substr(bytes_, end - bytes_)); !status.ok()) return status;
  }
  // Without a whole line nothing shows that the file is one of reports.
  const std::string_view rest = all.substr(bytes_);
  constexpr std::string_view kReportBegins = "{\"unspin\":";
  if (bytes_ == 0 && !rest.empty() && !rest.starts_with(kReportBegins) && !kReportBegins.starts_with(rest))
    return absl::FailedPreconditionError(AbslView(path_ + ": holds no reports; name another file"));
  if (!rest.empty() && ::ftruncate(descriptor_, static_cast<off_t>(bytes_)) != 0)
    return FileError(path_, "cannot write", errno);
  return absl::OkStatus();
}

absl::Status FindingsFile::Fail() {
  if (error_ == 0) error_ = errno;
  // Whatever is left behind the last whole line is cut off by the next run, if not here.
  if (is_file_ && ::ftruncate(descriptor_, static_cast<off_t>(bytes_)) != 0) errno = error_;
  return FileError(path_, "cannot write", error_);
}

absl::Status FindingsFile::Write(std::string line) {
  line += '\n';
  const std::string_view all = line;
  for (size_t done = 0; done < all.size();) {
    const ssize_t size = ::write(descriptor_, all.data() + done, all.size() - done);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return Fail();
    done += static_cast<size_t>(size);
  }
  if (!is_file_) return absl::OkStatus();
  if (::fdatasync(descriptor_) != 0) return Fail();
  bytes_ += all.size();
  return absl::OkStatus();
}

}  // namespace unspin::watch
