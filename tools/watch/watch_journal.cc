#include "watch/watch_journal.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>

#include "unspin/base/bytes.h"
#include "unspin/base/strings.h"
#include "unspin/io/file_error.h"

namespace unspin::watch {
namespace {

// Kinds of records. Their numbers are in files.
enum Kind : uint8_t {
  kSeen = 1,         // keys of articles that are done
  kFile = 2,         // FileMark
  kPipe = 3,         // PipeMark
  kOut = 4,          // bytes of the file of findings
  kPipeNumbers = 5,  // device, inode
  kStaged = 6,       // key of an article that is not done yet, body of its case
  kReady = 7,        // the same of one that is done
  kClosed = 8,       // key of an article whose case is open
};

constexpr size_t kKeysPerRecord = 4096;  // when the journal is compacted: 64 KiB
constexpr size_t kKeyBytes = 16;

std::string BytesOf(const ArticleKey& key) {
  std::string bytes;
  AppendNumbers(bytes, key.high, key.low);
  return bytes;
}

std::optional<ArticleKey> ReadKey(ByteReader& bytes) {
  ArticleKey key;
  if (!bytes.ReadNumbers(key.high, key.low)) return std::nullopt;
  return key;
}

std::string BytesOf(const FileMark& mark) {
  std::string bytes = BytesOf(mark.path);
  AppendNumbers(bytes, mark.progress.stamp, mark.progress.records, uint8_t{mark.progress.is_whole});
  return bytes;
}

std::string BytesOf(uint64_t first) {
  std::string bytes;
  AppendNumbers(bytes, first);
  return bytes;
}

std::string BytesOf(uint64_t first, uint64_t second) { return BytesOf(first) + BytesOf(second); }

absl::Status SyncFolder(const std::string& folder) {
  const Descriptor descriptor = OpenDescriptor(folder, O_RDONLY | O_DIRECTORY);
  if (!descriptor.is_open() || ::fsync(descriptor.get()) != 0)
    return FileError(folder, "cannot write the folder", errno);
  return absl::OkStatus();
}

}  // namespace

std::unique_ptr<WatchJournal> WatchJournal::InMemory(JournalLimits limits) {
  return std::unique_ptr<WatchJournal>(new WatchJournal(limits));
}

absl::StatusOr<std::unique_ptr<WatchJournal>> WatchJournal::Open(const std::string& folder, JournalLimits limits) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return FileError(folder, "cannot make the folder", error.value());
  auto lock = LockFile(folder + "/LOCK", kEndOfKilled);
  if (!lock.ok()) return lock.status();
  std::unique_ptr<WatchJournal> journal(new WatchJournal(limits));
  journal->folder_ = folder;
  journal->lock_ = *std::move(lock);
  auto log = RecordLog::Open(
      folder + "/journal",
      [&](uint8_t type, std::string_view payload, uint64_t at) { journal->Replay(type, payload, at); }, journal->cut_);
  if (!log.ok()) return log.status();
  journal->log_ = *std::move(log);
  journal->compacted_bytes_ = journal->BytesWhenCompact();
  if (absl::Status status = SyncFolder(folder); !status.ok()) return status;
  return journal;
}

void WatchJournal::Replay(uint8_t type, std::string_view payload, uint64_t at) {
  ByteReader bytes(payload);
  switch (type) {
    case kSeen:
      while (const auto key = ReadKey(bytes)) AddSeen(*key);
      break;
    case kFile:
      if (const auto path = ReadKey(bytes)) {
        FileProgress progress;
        uint8_t whole = 0;
        bytes.ReadNumbers(progress.stamp, progress.records, whole);
        progress.is_whole = whole != 0;
        files_[*path] = progress;
      }
      break;
    case kPipe:
      bytes.ReadNumbers(pipe_.bytes, pipe_.lines);
      break;
    case kOut:
      bytes.ReadNumbers(out_bytes_);
      break;
    case kPipeNumbers:
      bytes.ReadNumbers(pipe_device_, pipe_inode_);
      break;
    case kStaged:
    case kReady:
      if (const auto key = ReadKey(bytes)) {
        const StoredCase stored{*key, at + kKeyBytes, payload.size() - kKeyBytes};
        if (type == kReady) {
          MakeReady(stored);
        } else {
          staged_ = stored;
        }
      }
      break;
    case kClosed:
      if (const auto key = ReadKey(bytes)) {
        if (staged_ && staged_->key == *key) staged_.reset();
        const auto closed = std::find_if(ready_.begin(), ready_.end(), [&](const auto& of) { return of.key == *key; });
        if (closed == ready_.end()) break;
        waiting_bytes_ -= closed->bytes;
        ready_.erase(closed);
      }
      break;
    default:  // of a later program
      break;
  }
}

bool WatchJournal::AddSeen(const ArticleKey& key) {
  const bool is_new = seen_.Add(key);
  if (staged_ && staged_->key == key) MakeReady(*std::exchange(staged_, std::nullopt));
  return is_new;
}

void WatchJournal::MakeReady(const StoredCase& stored) {
  ready_.push_back(stored);
  waiting_bytes_ += stored.bytes;
}

bool WatchJournal::Knows(const ArticleKey& key) const {
  const std::lock_guard lock(mutex_);
  return seen_.Has(key);
}

FileProgress WatchJournal::ProgressOf(const ArticleKey& path) const {
  const std::lock_guard lock(mutex_);
  const auto file = files_.find(path);
  return file == files_.end() ? FileProgress{} : file->second;
}

PipeMark WatchJournal::pipe() const {
  const std::lock_guard lock(mutex_);
  return pipe_;
}

uint64_t WatchJournal::out_bytes() const {
  const std::lock_guard lock(mutex_);
  return out_bytes_;
}

absl::StatusOr<bool> WatchJournal::SetPipe(uint64_t device, uint64_t inode) {
  const std::lock_guard lock(mutex_);
  const bool same = pipe_device_ == device && pipe_inode_ == inode;
  pipe_device_ = device;
  pipe_inode_ = inode;
  if (log_) log_->Add(kPipeNumbers, BytesOf(device, inode));
  if (absl::Status status = Finish(); !status.ok()) return status;
  return same;
}

void WatchJournal::KeepFiles(const absl::flat_hash_set<ArticleKey>& paths) {
  const std::lock_guard lock(mutex_);
  absl::erase_if(files_, [&](const auto& file) { return !paths.contains(file.first); });
}

absl::Status WatchJournal::DropStaged() {
  const std::lock_guard lock(mutex_);
  if (!staged_) return absl::OkStatus();
  log_->Add(kClosed, BytesOf(staged_->key));
  staged_.reset();
  return Finish();
}

absl::Status WatchJournal::StageCase(const ArticleKey& key, const std::string& article) {
  const std::lock_guard lock(mutex_);
  assert(log_);
  const uint64_t at = log_->Add(kStaged, BytesOf(key) + article) + kKeyBytes;
  staged_ = StoredCase{key, at, article.size()};
  return log_->Sync();
}

void WatchJournal::AddMark(const std::variant<std::monostate, FileMark, PipeMark>& mark) {
  if (const auto* file = std::get_if<FileMark>(&mark)) {
    FileProgress& known = files_[file->path];
    if (known == file->progress) return;
    known = file->progress;
    // A file is read again from the last record that was noted; its articles are known by then.
    constexpr uint64_t kRecordsBetweenNotes = 256;
    if (log_ && (known.is_whole || known.records % kRecordsBetweenNotes == 0)) log_->Add(kFile, BytesOf(*file));
  } else if (const auto* pipe = std::get_if<PipeMark>(&mark)) {
    pipe_ = *pipe;
    if (log_) log_->Add(kPipe, BytesOf(pipe_.bytes, pipe_.lines));
  }
}

// The order matters: a process that is killed leaves a beginning of these records, and an article must be known before
// its line counts, and its line must count before the input is passed.
absl::Status WatchJournal::Commit(const Done& done) {
  const std::lock_guard lock(mutex_);
  if (done.article) {
    if (AddSeen(*done.article) && log_) log_->Add(kSeen, BytesOf(*done.article));
  }
  if (done.out_bytes) {
    out_bytes_ = *done.out_bytes;
    if (log_) log_->Add(kOut, BytesOf(out_bytes_));
  }
  AddMark(done.mark);
  const absl::Status status = Finish();
  changed_.notify_all();
  return status;
}

absl::Status WatchJournal::Sync() {
  const std::lock_guard lock(mutex_);
  return log_ ? log_->Sync() : absl::OkStatus();
}

absl::Status WatchJournal::Finish() {
  if (!log_) return absl::OkStatus();
  if (absl::Status status = log_->Write(); !status.ok()) return status;
  return log_->bytes() > 2 * compacted_bytes_ + limits_.slack_bytes ? Compact() : absl::OkStatus();
}

uint64_t WatchJournal::BytesWhenCompact() const {
  constexpr uint64_t kBytesPerFile = 46;  // a record with a FileMark
  return seen_.size() * kKeyBytes + files_.size() * kBytesPerFile + waiting_bytes_;
}

absl::Status WatchJournal::Compact() {
  const std::string path = folder_ + "/journal", temporary = path + ".new";
  auto made = RecordLog::Create(temporary);
  if (!made.ok()) return made.status();
  RecordLog& log = *made;
  std::string keys;
  const auto add_keys = [&] {
    if (!keys.empty()) log.Add(kSeen, keys);
    keys.clear();
  };
  seen_.ForEach([&](const ArticleKey& key) {
    keys += BytesOf(key);
    if (keys.size() == kKeysPerRecord * kKeyBytes) add_keys();
  });
  add_keys();
  for (const auto& [path_key, progress] : files_) log.Add(kFile, BytesOf(FileMark{path_key, progress}));
  log.Add(kPipe, BytesOf(pipe_.bytes, pipe_.lines));
  log.Add(kOut, BytesOf(out_bytes_));
  log.Add(kPipeNumbers, BytesOf(pipe_device_, pipe_inode_));
  std::deque<StoredCase> ready;
  const auto copy = [&](Kind kind, StoredCase& stored) -> absl::Status {
    const auto article = log_->Read(stored.at, stored.bytes);
    if (!article.ok()) return article.status();
    stored.at = log.Add(kind, BytesOf(stored.key) + *article) + kKeyBytes;
    return log.Write();
  };
  for (StoredCase stored : ready_) {
    if (absl::Status status = copy(kReady, stored); !status.ok()) return status;
    ready.push_back(stored);
  }
  std::optional<StoredCase> staged = staged_;
  if (staged) {
    if (absl::Status status = copy(kStaged, *staged); !status.ok()) return status;
  }
  if (absl::Status status = log.Sync(); !status.ok()) return status;
  if (std::rename(temporary.c_str(), path.c_str()) != 0) return FileError(path, "cannot replace the journal", errno);
  log.set_path(path);
  log_ = *std::move(made);
  ready_ = std::move(ready);
  staged_ = staged;
  compacted_bytes_ = log_->bytes();
  return SyncFolder(folder_);
}

absl::StatusOr<std::optional<WaitingCase>> WatchJournal::NextCase(const StopFlag& stop) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return stop.is_raised() || !ready_.empty(); });
  if (stop.is_raised()) return std::nullopt;
  const StoredCase& stored = ready_.front();
  auto article = log_->Read(stored.at, stored.bytes);
  if (!article.ok()) return article.status();
  return WaitingCase{stored.key, *std::move(article)};
}

absl::Status WatchJournal::CloseCase(const ArticleKey& key) {
  const std::lock_guard lock(mutex_);
  assert(!ready_.empty() && ready_.front().key == key);
  log_->Add(kClosed, BytesOf(key));
  waiting_bytes_ -= ready_.front().bytes;
  ready_.pop_front();
  const absl::Status status = Finish();
  changed_.notify_all();
  return status;
}

uint64_t WatchJournal::waiting_cases() const {
  const std::lock_guard lock(mutex_);
  return ready_.size();
}

bool WatchJournal::HasRoom() const {
  const std::lock_guard lock(mutex_);
  return waiting_bytes_ < limits_.waiting_bytes;
}

void WatchJournal::WaitForRoom(const StopFlag& stop) const {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return stop.is_raised() || waiting_bytes_ < limits_.waiting_bytes; });
}

bool WatchJournal::WaitForCases(std::chrono::milliseconds limit, const StopFlag& stop) const {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, limit, [&] { return stop.is_raised() || ready_.empty(); });
  return ready_.empty();
}

}  // namespace unspin::watch
