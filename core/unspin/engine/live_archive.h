// The archive that requests are checked against: opened once, and replaced when its files on disk have changed.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "unspin/engine/archive.h"

namespace unspin {

// Safe to share between threads.
class LiveArchive {
 public:
  // Fails as Archive::Open does.
  static absl::StatusOr<std::unique_ptr<LiveArchive>> Open(const std::string& folder);

  // The archive as it is on disk now. It stays valid as long as the caller holds it. Costs two calls of stat. When the
  // files have changed, one thread opens them again, and the others go on with the archive that was there before. An
  // archive that cannot be opened leaves the one before in use; problem() then says why.
  std::shared_ptr<const Archive> Get();

  // Waits until the archive is open as it is on disk now, for a request that has changed it.
  absl::Status Refresh();

  // Why the archive on disk could not be opened the last time; empty if it could.
  std::string problem() const;
  const std::string& folder() const { return folder_; }

 private:
  // Two files with the same stamp are the same file with the same content: MANIFEST and SPINS are replaced by renaming.
  struct FileStamp {
    uint64_t inode = 0, bytes = 0;
    int64_t changed_ns = 0;
    friend bool operator==(const FileStamp&, const FileStamp&) = default;
  };
  struct Stamp {
    FileStamp manifest, spins;
    friend bool operator==(const Stamp&, const Stamp&) = default;
  };

  explicit LiveArchive(std::string folder) : folder_(std::move(folder)) {}
  static FileStamp StampOf(const std::string& path);
  Stamp StampNow() const;
  // REQUIRES: the caller holds opening_.
  absl::Status OpenAgain(const Stamp& stamp);

  const std::string folder_;
  std::mutex opening_;        // held by the thread that opens the archive
  mutable std::mutex mutex_;  // guards what follows; never held while files are read
  std::shared_ptr<const Archive> archive_;
  Stamp stamp_;  // of the files when archive_, or the attempt that failed, was opened
  std::string problem_;
};

}  // namespace unspin
