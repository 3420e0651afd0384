#include "evidence/event_log_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <optional>

#include "unspin/base/strings.h"
#include "unspin/io/descriptor.h"
#include "unspin/io/file_error.h"

namespace unspin::evidence {
namespace {

// Everything behind the file's position.
absl::StatusOr<std::string> ReadRest(const Descriptor& file, const std::string& path) {
  std::string bytes;
  char buffer[1 << 16];
  for (;;) {
    const ssize_t size = ReadRetrying(file.get(), buffer, sizeof buffer);
    if (size < 0) return FileError(path, "cannot read", errno);
    if (size == 0) return bytes;
    bytes.append(buffer, static_cast<size_t>(size));
  }
}

absl::Status WaitForLock(const Descriptor& file, const std::string& path) {
  while (::flock(file.get(), LOCK_EX) != 0) {
    if (errno != EINTR) return FileError(path, "cannot lock", errno);
  }
  return absl::OkStatus();
}

// A file that is new is on the disk when its folder is.
absl::Status FlushFolderOf(const std::string& path) {
  const std::filesystem::path parent = std::filesystem::path(path).parent_path();
  const Descriptor folder = OpenDescriptor(parent.empty() ? "." : parent.string(), O_RDONLY | O_DIRECTORY);
  if (!folder.is_open() || ::fsync(folder.get()) != 0) return FileError(path, "cannot flush the folder", errno);
  return absl::OkStatus();
}

absl::Status Flush(const Descriptor& file, const std::string& path) {
  return ::fsync(file.get()) == 0 ? absl::OkStatus() : FileError(path, "cannot flush", errno);
}

}  // namespace

absl::StatusOr<LogHead> CheckEventLines(std::string_view lines) {
  LogHead head;
  for (size_t number = 1; !lines.empty(); ++number) {
    const std::string name = "line " + std::to_string(number);
    const size_t end = lines.find('\n');
    if (end == std::string_view::npos) return absl::DataLossError(name + " is cut off");
    const std::optional<Event> event = ReadEventLine(lines.substr(0, end));
    if (!event) return absl::DataLossError(name + " is no event of a log");
    const std::string problem = ProblemOf(*event, head);
    if (!problem.empty()) return absl::DataLossError(name + ": " + problem);
    head = {event->seq, event->hash};
    lines.remove_prefix(end + 1);
  }
  return head;
}

absl::StatusOr<Event> AppendToLog(const std::string& path, Event event) {
  const Descriptor file = OpenDescriptor(path, O_RDWR | O_CREAT | O_APPEND, 0666);
  if (!file.is_open()) return FileError(path, "cannot open the log", errno);
  if (const auto regular = RegularFileSize(file, path, "cannot write", "cannot be written"); !regular.ok())
    return regular.status();
  if (const absl::Status locked = WaitForLock(file, path); !locked.ok()) return locked;
  const absl::StatusOr<std::string> lines = ReadRest(file, path);
  if (!lines.ok()) return lines.status();
  const absl::StatusOr<LogHead> head = CheckEventLines(*lines);
  if (!head.ok()) {
    return absl::DataLossError(path + ": the log is damaged: " + std::string(StdView(head.status().message())) +
                               "; keep this file as it is, and name another one");
  }
  event.seq = head->seq + 1;
  event.previous = head->hash;
  event.hash = HashOfEvent(event);
  const std::string line = EventLine(event) + "\n";
  const std::string_view bytes = line;
  absl::Status written = WriteAll(file.get(), path, {&bytes, 1});
  if (written.ok()) written = Flush(file, path);
  if (written.ok() && lines->empty()) written = FlushFolderOf(path);
  if (!written.ok()) {
    // The line must not look as if it had been said.
    if (::ftruncate(file.get(), static_cast<off_t>(lines->size())) != 0) return FileError(path, "cannot undo", errno);
    return written;
  }
  return event;
}

}  // namespace unspin::evidence
