#include "binding/archive_handle.h"

#include <unistd.h>

#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include "absl/status/status.h"
#include "binding/errors.h"
#include "unspin/base/ordered_pipeline.h"
#include "unspin/engine/manifest.h"

namespace unspin::python {
namespace {

constexpr uint64_t kSegmentBytes = uint64_t{96} << 20;  // of text, as `unspin index` has it

}  // namespace

// The turn to write, of which there is one. A commit is waited for. A call that writes is not, because this call may
// come from within it, in a generator of articles.
class ArchiveHandle::TakenTurn {
 public:
  TakenTurn(ArchiveHandle& archive, Turn turn) : archive_(archive) {
    std::unique_lock lock(archive.mutex_);
    archive.changed_.wait(lock, [&] { return archive.turn_ != Turn::kCommitting; });
    if (archive.turn_ == Turn::kWriting) {
      throw StatusError(archive.folder_ + ": another call of this process is writing to it; wait until it is done");
    }
    archive.turn_ = turn;
  }
  TakenTurn(const TakenTurn&) = delete;
  ~TakenTurn() {
    const std::lock_guard lock(archive_.mutex_);
    archive_.turn_ = Turn::kNobodys;
    archive_.changed_.notify_all();
  }

 private:
  ArchiveHandle& archive_;
};

std::shared_ptr<ArchiveHandle> ArchiveHandle::Create(const std::string& folder) {
  std::error_code error;
  if (std::filesystem::exists(Manifest::Path(folder), error)) {
    throw StatusError(folder + ": holds an archive already; open it with Archive.open, or name a new folder");
  }
  ThrowIfFailed(ValueOrThrow(ArchiveWriter::Open(folder, kSegmentBytes))->Finish());
  return Open(folder);
}

std::shared_ptr<ArchiveHandle> ArchiveHandle::Open(const std::string& folder) {
  std::shared_ptr<ArchiveHandle> archive(new ArchiveHandle(folder));
  archive->Snapshot();
  return archive;
}

ArchiveHandle::~ArchiveHandle() {
  try {
    CommitInTurn();
  } catch (const StatusError&) {
    // A destructor has nobody to tell; close() tells.
  }
}

std::shared_ptr<const Archive> ArchiveHandle::Snapshot() {
  std::unique_lock lock(mutex_);
  while (writer_ != nullptr && turn_ != Turn::kWriting) {
    if (turn_ == Turn::kCommitting) {
      changed_.wait(lock);
      continue;
    }
    lock.unlock();
    Commit();
    lock.lock();
  }
  if (snapshot_ == nullptr) snapshot_ = ValueOrThrow(Archive::Open(folder_));
  return snapshot_;
}

void ArchiveHandle::Write(bool replace, unsigned threads,
                          const std::function<void(ArchiveWriter&, TaskQueue&)>& write) {
  const TakenTurn turn(*this, Turn::kWriting);
  ForgetForeignWriter();
  if (writer_ != nullptr && (replaces_ != replace || tasks_->threads() != threads)) CommitInTurn();
  if (writer_ == nullptr) {
    ThrowIfFailed(Archive::Open(folder_).status());  // the writer would make an archive where there is none
    auto tasks = std::make_unique<TaskQueue>(threads);
    auto writer = ValueOrThrow(ArchiveWriter::Open(folder_, kSegmentBytes, replace, tasks.get()));
    const std::lock_guard lock(mutex_);
    tasks_ = std::move(tasks);
    writer_ = std::move(writer);
    replaces_ = replace;
    writer_process_ = getpid();
  }
  write(*writer_, *tasks_);
}

void ArchiveHandle::Commit() {
  const TakenTurn turn(*this, Turn::kCommitting);
  CommitInTurn();
}

void ArchiveHandle::ForgetForeignWriter() {
  if (writer_ == nullptr || writer_process_ == getpid()) return;
  const std::lock_guard lock(mutex_);
  static_cast<void>(writer_.release());
  static_cast<void>(tasks_.release());
}

void ArchiveHandle::CommitInTurn() {
  ForgetForeignWriter();
  if (writer_ == nullptr) return;
  absl::Status status;
  // In a pipeline of one item, so that the other threads help to write the last segment.
  bool is_done = false;
  RunOrderedPipeline(
      *tasks_,
      [&]() -> std::optional<int> {
        if (std::exchange(is_done, true)) return std::nullopt;
        return 0;
      },
      [] { return 0; }, [](int, int item) { return item; },
      [&](int) {
        status = writer_->Finish();
        return true;
      });
  {
    const std::lock_guard lock(mutex_);
    writer_.reset();
    tasks_.reset();
    snapshot_.reset();
  }
  ThrowIfFailed(status);
}

}  // namespace unspin::python
