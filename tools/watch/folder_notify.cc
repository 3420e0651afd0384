#include "watch/folder_notify.h"

#include <sys/inotify.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "unspin/base/strings.h"
#include "unspin/ingest/list_inputs.h"
#include "unspin/io/file_error.h"

namespace unspin::watch {
namespace {

constexpr uint32_t kFileEvents = IN_CLOSE_WRITE | IN_MOVED_TO;
constexpr uint32_t kFolderEvents = IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_DELETE_SELF | IN_MOVE_SELF;
constexpr size_t kBufferBytes = size_t{64} << 10;  // of events read at once; one has up to 272 bytes

}  // namespace

FolderNotify::FolderNotify() : inotify_(inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) {}

bool FolderNotify::Follow(const std::vector<std::string>& folders, std::string& problem) {
  problem.clear();
  if (!inotify_.is_open()) {
    problem = "the system tells of no changes (inotify)";
    return false;
  }
  bool has_new = false;
  absl::flat_hash_map<int, std::string> numbers;
  for (const std::string& folder : folders) {
    const int number =
        inotify_add_watch(inotify_.get(), folder.c_str(), kFileEvents | kFolderEvents | IN_ONLYDIR | IN_EXCL_UNLINK);
    if (number < 0) {
      if (errno != ENOENT && problem.empty())
        problem = std::string(StdView(FileError(folder, "cannot be followed", errno).message()));
      continue;
    }
    const auto known = folders_.find(number);
    has_new |= known == folders_.end() || known->second != folder;
    numbers[number] = folder;
  }
  for (const auto& [number, folder] : folders_) {
    if (!numbers.contains(number)) inotify_rm_watch(inotify_.get(), number);
  }
  folders_ = std::move(numbers);
  return has_new;
}

FolderNotify::Happened FolderNotify::Take() {
  Happened happened;
  if (!inotify_.is_open()) return happened;
  alignas(inotify_event) std::array<char, kBufferBytes> buffer;
  for (;;) {
    const ssize_t size = ReadRetrying(inotify_.get(), buffer.data(), buffer.size());
    if (size <= 0) return happened;
    for (size_t at = 0; at < static_cast<size_t>(size);) {
      inotify_event event;
      std::memcpy(&event, buffer.data() + at, sizeof event);
      const char* const name = buffer.data() + at + sizeof event;
      at += sizeof event + event.len;
      if ((event.mask & IN_IGNORED) != 0) {
        folders_.erase(event.wd);
        continue;
      }
      constexpr uint32_t kListed = IN_ISDIR | IN_Q_OVERFLOW | IN_DELETE_SELF | IN_MOVE_SELF;
      happened.must_list |= (event.mask & kListed) != 0;
      const auto folder = folders_.find(event.wd);
      if ((event.mask & IN_ISDIR) != 0 || (event.mask & kFileEvents) == 0 || folder == folders_.end()) continue;
      happened.files.push_back(NormalPath(folder->second + "/" + name));
    }
  }
}

}  // namespace unspin::watch
