// An archive that is read and written in one process: a snapshot for readers, and at most one writer.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "unspin/base/task_queue.h"
#include "unspin/engine/archive.h"
#include "unspin/engine/archive_writer.h"

namespace unspin::python {

// Safe to share between threads. No function holds the GIL or needs it. All throw StatusError.
class ArchiveHandle {
 public:
  // Makes an archive where there is none, or opens one. Fails where there is one, or none.
  static std::shared_ptr<ArchiveHandle> Create(const std::string& folder);
  static std::shared_ptr<ArchiveHandle> Open(const std::string& folder);
  // Commits what was added, without a word where that fails.
  ~ArchiveHandle();

  const std::string& folder() const { return folder_; }

  // What is committed. What was added before is committed first, unless a call is writing right now.
  std::shared_ptr<const Archive> Snapshot();

  // Passes a writer to `write`, which stays open, and keeps its lock, until Commit. Fails where another call writes.
  // `replace`: as ArchiveWriter::Open.
  void Write(bool replace, unsigned threads, const std::function<void(ArchiveWriter&, TaskQueue&)>& write);
  // Commits what was added and lets go of the lock.
  void Commit();

 private:
  explicit ArchiveHandle(std::string folder) : folder_(std::move(folder)) {}

  // What the call that has the turn does: writer_ and tasks_ are its own.
  enum class Turn { kNobodys, kWriting, kCommitting };
  class TakenTurn;
  // REQUIRES: the caller has the turn.
  void CommitInTurn();
  // Forgets the writer of a process that this one was forked from: it is not ours to finish.
  void ForgetForeignWriter();

  const std::string folder_;
  std::mutex mutex_;                 // guards what follows
  std::condition_variable changed_;  // the turn
  Turn turn_ = Turn::kNobodys;
  std::shared_ptr<const Archive> snapshot_;
  std::unique_ptr<TaskQueue> tasks_;  // outlives writer_
  std::unique_ptr<ArchiveWriter> writer_;
  bool replaces_ = false;  // writer_ was opened with `replace`
  int writer_process_ = 0;
};

}  // namespace unspin::python
