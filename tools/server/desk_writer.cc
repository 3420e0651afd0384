#include "server/desk_writer.h"

#include <algorithm>
#include <cassert>
#include <chrono>
#include <utility>

#include "server/utc_time.h"

namespace unspin::server {
namespace {

// Changes in one commit. A commit costs one synchronisation of the disk, milliseconds, and a small change some 100 µs:
// more would only let the first one wait.
constexpr size_t kMaxBatch = 256;

// A reader that sees an older state keeps the log file of SQLite from being emptied. Changes do not wait for it long.
constexpr const char* kShortBusyTimeout = "PRAGMA busy_timeout = 200";  // milliseconds
constexpr const char* kNormalBusyTimeout = "PRAGMA busy_timeout = 10000";
constexpr std::chrono::milliseconds kShrinkAgain{1000};

}  // namespace

DeskWriter::DeskWriter(Database database, std::function<int64_t()> now, ChangeFeed& feed)
    : database_(std::move(database)), now_(std::move(now)), feed_(feed), thread_([this] { RunUntilStopped(); }) {}

DeskWriter::~DeskWriter() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  arrived_.notify_all();
  thread_.join();
}

absl::Status DeskWriter::Do(Task change) {
  std::vector<Task> changes;
  changes.push_back(std::move(change));
  return DoAll(std::move(changes)).front();
}

std::vector<absl::Status> DeskWriter::DoAll(std::vector<Task> changes) {
  assert(std::this_thread::get_id() != thread_.get_id());
  std::vector<Waiting> waiting;
  waiting.reserve(changes.size());
  for (Task& change : changes) waiting.push_back({std::move(change)});
  std::unique_lock lock(mutex_);
  for (Waiting& one : waiting) queue_.push_back(&one);
  arrived_.notify_one();
  finished_.wait(lock, [&] { return std::all_of(waiting.begin(), waiting.end(), [](auto& one) { return one.done; }); });
  std::vector<absl::Status> results;
  results.reserve(waiting.size());
  for (Waiting& one : waiting) results.push_back(std::move(one.result));
  return results;
}

void DeskWriter::RunUntilStopped() {
  std::unique_lock lock(mutex_);
  for (;;) {
    const auto has_work = [&] { return stop_ || !queue_.empty(); };
    if (log_file_has_erased_ && !arrived_.wait_for(lock, kShrinkAgain, has_work)) {
      ShrinkLogFile();  // there is nothing else to do
      continue;
    }
    arrived_.wait(lock, has_work);
    if (queue_.empty()) break;
    const size_t size = std::min(queue_.size(), kMaxBatch);
    const std::vector<Waiting*> batch(queue_.begin(), queue_.begin() + static_cast<ptrdiff_t>(size));
    queue_.erase(queue_.begin(), queue_.begin() + static_cast<ptrdiff_t>(size));
    lock.unlock();
    RunBatch(batch);
    lock.lock();
  }
  lock.unlock();
  if (log_file_has_erased_) ShrinkLogFile();
}

void DeskWriter::RunBatch(const std::vector<Waiting*>& batch) {
  const int64_t now = now_();
  Writing writing{database_, UtcTime(now), now};
  absl::StatusOr<Transaction> transaction = Transaction::Begin(database_);
  absl::Status whole = transaction.status();
  std::vector<absl::Status> results(batch.size());
  for (size_t i = 0; i < batch.size() && whole.ok(); ++i) {
    results[i] = RunOne(batch[i]->change, writing);
    // SQLite has rolled back everything, as it does on a full disk: those before are not stored either.
    if (!database_.in_transaction()) whole = results[i];
  }
  if (whole.ok()) whole = transaction->Commit();
  if (!whole.ok()) {
    transaction = absl::CancelledError();  // rolls back
    // Each caller gets a status of its own: copies would share their message with this thread.
    for (absl::Status& result : results) result = absl::Status(whole.code(), whole.message());
    writing.changes.clear();
  } else if (writing.erases || log_file_has_erased_) {
    ShrinkLogFile();
  }
  {
    const std::lock_guard lock(mutex_);
    for (size_t i = 0; i < batch.size(); ++i) {
      batch[i]->result = std::move(results[i]);
      batch[i]->done = true;  // from here on its caller may destroy it
    }
  }
  finished_.notify_all();
  feed_.Publish(writing.changes);
}

absl::Status DeskWriter::RunOne(const Task& change, Writing& writing) {
  if (absl::Status status = database_.RunScript("SAVEPOINT change"); !status.ok()) return status;
  const size_t changes = writing.changes.size();
  absl::Status status = change(writing);
  if (status.ok()) return database_.RunScript("RELEASE change");
  writing.changes.resize(changes);
  if (!database_.in_transaction()) return status;
  absl::Status undone = database_.RunScript("ROLLBACK TO change; RELEASE change");
  // A part of the change could be committed with the others: end the whole transaction.
  if (!undone.ok()) {
    database_.RunScript("ROLLBACK").IgnoreError();
    return undone;
  }
  return status;
}

void DeskWriter::ShrinkLogFile() {
  // It fails while somebody reads an older state; then it is tried again after the next change or when there is time.
  database_.RunScript(kShortBusyTimeout).IgnoreError();
  absl::StatusOr<int64_t> busy = database_.Integer("PRAGMA wal_checkpoint(TRUNCATE)");
  log_file_has_erased_ = !busy.ok() || *busy != 0;
  database_.RunScript(kNormalBusyTimeout).IgnoreError();
}

}  // namespace unspin::server
