// The one thread that changes the database. Changes that wait together are committed together.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "server/change_feed.h"
#include "server/database.h"
#include "server/desk_records.h"

namespace unspin::server {

// What a change is given. It must not keep it.
struct Writing {
  const Database& database;  // within a transaction
  std::string now;
  int64_t now_milliseconds;
  std::vector<Change> changes = {};  // for listeners, once they are committed
  bool erases = false;               // set by a change: what it overwrote must leave the log file of SQLite as well
};

class DeskWriter {
 public:
  using Task = std::function<absl::Status(Writing&)>;

  DeskWriter(Database database, std::function<int64_t()> now, ChangeFeed& feed);
  ~DeskWriter();  // waiting changes are committed first

  // Runs `change` in a transaction, and returns after the commit. Where it fails, nothing of it is stored. May be
  // called from many threads at once. REQUIRES: not called by a change or a listener (they would wait for themselves).
  absl::Status Do(Task change);
  // The same for many, each by itself.
  std::vector<absl::Status> DoAll(std::vector<Task> changes);

 private:
  struct Waiting {
    Task change;
    absl::Status result = absl::OkStatus();
    bool done = false;
  };
  void RunUntilStopped();
  void RunBatch(const std::vector<Waiting*>& batch);
  absl::Status RunOne(const Task& change, Writing& writing);
  void ShrinkLogFile();

  Database database_;
  std::function<int64_t()> now_;
  ChangeFeed& feed_;
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::condition_variable finished_;
  std::deque<Waiting*> queue_;  // of callers that wait
  bool stop_ = false;
  bool log_file_has_erased_ = false;  // only of the thread
  std::thread thread_;                // last: it uses the others
};

}  // namespace unspin::server
