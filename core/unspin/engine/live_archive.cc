#include "unspin/engine/live_archive.h"

#include <sys/stat.h>

#include <utility>

#include "unspin/base/strings.h"

namespace unspin {

absl::StatusOr<std::unique_ptr<LiveArchive>> LiveArchive::Open(const std::string& folder) {
  std::unique_ptr<LiveArchive> live(new LiveArchive(folder));
  const std::lock_guard lock(live->opening_);
  if (absl::Status status = live->OpenAgain(live->StampNow()); !status.ok()) return status;
  return live;
}

LiveArchive::FileStamp LiveArchive::StampOf(const std::string& path) {
  struct stat about;
  if (stat(path.c_str(), &about) != 0) return {};
  constexpr int64_t kNanoseconds = 1'000'000'000;  // in a second
  return {about.st_ino, static_cast<uint64_t>(about.st_size),
          int64_t{about.st_ctim.tv_sec} * kNanoseconds + about.st_ctim.tv_nsec};
}

LiveArchive::Stamp LiveArchive::StampNow() const {
  return {StampOf(folder_ + "/MANIFEST"), StampOf(Archive::SpinsPath(folder_))};
}

absl::Status LiveArchive::OpenAgain(const Stamp& stamp) {
  auto opened = Archive::Open(folder_);
  const std::lock_guard lock(mutex_);
  stamp_ = stamp;
  if (!opened.ok()) {
    problem_ = std::string(StdView(opened.status().message()));
    return opened.status();
  }
  problem_.clear();
  archive_ = *std::move(opened);
  return absl::OkStatus();
}

std::shared_ptr<const Archive> LiveArchive::Get() {
  const Stamp now = StampNow();
  {
    const std::lock_guard lock(mutex_);
    if (now == stamp_) return archive_;
  }
  // The stamp is from before the opening: a change during it is noticed by the next request.
  if (std::unique_lock opening(opening_, std::try_to_lock); opening.owns_lock()) OpenAgain(now).IgnoreError();
  const std::lock_guard lock(mutex_);
  return archive_;
}

absl::Status LiveArchive::Refresh() {
  const std::lock_guard opening(opening_);
  const Stamp now = StampNow();
  {
    const std::lock_guard lock(mutex_);
    if (now == stamp_ && problem_.empty()) return absl::OkStatus();
  }
  return OpenAgain(now);
}

std::string LiveArchive::problem() const {
  const std::lock_guard lock(mutex_);
  return problem_;
}

}  // namespace unspin
