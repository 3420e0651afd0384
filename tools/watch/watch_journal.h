// What a watch remembers between two runs: which articles are done, how far its input is read, and which cases wait.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "unspin/io/file_lock.h"
#include "watch/feed_item.h"
#include "watch/recent_keys.h"
#include "watch/record_log.h"
#include "watch/stop_flag.h"

namespace unspin::watch {

struct JournalLimits {
  uint64_t articles = 2'000'000;                 // remembered at least; twice as many at most, 16 bytes each
  uint64_t waiting_bytes = uint64_t{256} << 20;  // of cases that wait; about 50,000 of them
  uint64_t slack_bytes = uint64_t{16} << 20;     // that are written before the file is compacted
};

// A case that the service has not got yet.
struct WaitingCase {
  ArticleKey key;
  std::string article;  // the body of the request
};

// The file `journal` in the state folder, with a lock beside it. It is compacted when it is twice as large as what it
// holds: the articles and cases within the limits above, and 40 bytes for each file that is in the input folder.
// Without a folder nothing outlives the process. Safe to share between threads.
class WatchJournal {
 public:
  // Makes the folder where it is missing. Fails where another process has it, or where the file is no journal.
  static absl::StatusOr<std::unique_ptr<WatchJournal>> Open(const std::string& folder, JournalLimits limits = {});
  static std::unique_ptr<WatchJournal> InMemory(JournalLimits limits = {});

  const std::string& folder() const { return folder_; }  // empty: none
  uint64_t cut_bytes() const { return cut_; }            // of a record that was not whole when it was opened

  bool Knows(const ArticleKey& key) const;
  FileProgress ProgressOf(const ArticleKey& path) const;
  PipeMark pipe() const;
  uint64_t out_bytes() const;  // of the file of findings, as of the last article with one

  // The pipe that is read from now on, by its numbers in the system. False where it is another one than before.
  absl::StatusOr<bool> SetPipe(uint64_t device, uint64_t inode);
  // Forgets all files but these.
  void KeepFiles(const absl::flat_hash_set<ArticleKey>& paths);

  // Notes an article whose case must be opened; it is on the disk afterwards. The case is opened once the article is
  // done. REQUIRES: there is a folder.
  absl::Status StageCase(const ArticleKey& key, const std::string& article);
  // Forgets an article that was staged and is not done: a run that ended before will not write its line.
  absl::Status DropStaged();
  // What an article, or another record of the input, leaves behind when it is done with. It outlives the process.
  struct Done {
    std::optional<ArticleKey> article;
    std::optional<uint64_t> out_bytes;
    std::variant<std::monostate, FileMark, PipeMark> mark;
  };
  absl::Status Commit(const Done& done);
  // What was committed outlives a loss of power.
  absl::Status Sync();

  // The oldest case that waits; waits for one until `stop` was raised and WakeAll called. Cases stay until they are
  // closed.
  absl::StatusOr<std::optional<WaitingCase>> NextCase(const StopFlag& stop);
  absl::Status CloseCase(const ArticleKey& key);
  uint64_t waiting_cases() const;
  // Waits until cases below the limit wait, or `stop` was raised and WakeAll called.
  void WaitForRoom(const StopFlag& stop) const;
  bool HasRoom() const;
  // Call it after a StopFlag was raised.
  void WakeAll() const {
    const std::lock_guard lock(mutex_);  // a thread that has looked at the flag waits by now
    changed_.notify_all();
  }
  // Waits until no case waits. False when `limit` has passed before.
  bool WaitForCases(std::chrono::milliseconds limit, const StopFlag& stop) const;

 private:
  struct StoredCase {
    ArticleKey key;
    uint64_t at = 0, bytes = 0;  // in the log
  };

  explicit WatchJournal(JournalLimits limits) : limits_(limits), seen_(limits.articles) {}
  // REQUIRES of what follows: the caller holds mutex_, except in Open.
  void Replay(uint8_t type, std::string_view payload, uint64_t at);
  void AddMark(const std::variant<std::monostate, FileMark, PipeMark>& mark);
  absl::Status Finish();
  absl::Status Compact();
  uint64_t BytesWhenCompact() const;  // about
  // Whether the journal must say so.
  bool AddSeen(const ArticleKey& key);
  void MakeReady(const StoredCase& stored);

  const JournalLimits limits_;
  std::string folder_;
  std::optional<FileLock> lock_;
  uint64_t cut_ = 0;
  mutable std::mutex mutex_;  // guards what follows
  mutable std::condition_variable changed_;
  std::optional<RecordLog> log_;  // nothing: in memory
  uint64_t compacted_bytes_ = 0;  // of the log, when it was compacted last
  RecentKeys seen_;
  absl::flat_hash_map<ArticleKey, FileProgress> files_;
  PipeMark pipe_;
  uint64_t out_bytes_ = 0;
  uint64_t pipe_device_ = 0, pipe_inode_ = 0;
  std::optional<StoredCase> staged_;
  std::deque<StoredCase> ready_;
  uint64_t waiting_bytes_ = 0;  // of ready_
};

}  // namespace unspin::watch
