#include "watch/folder_feed.h"

#include <poll.h>
#include <sys/stat.h>

#include <algorithm>
#include <utility>

#include "unspin/base/strings.h"
#include "unspin/ingest/list_inputs.h"
#include "unspin/ingest/open_source.h"
#include "unspin/ingest/walk_filter.h"
#include "unspin/records/file_name.h"

namespace unspin::watch {
namespace {

using std::chrono::milliseconds;

// How long a file stays as it is before it counts as whole, where the system cannot tell whether somebody writes it.
constexpr milliseconds kSettles{2000};
// A file that changed so shortly before it was read may change once more and keep its time: clocks of file systems are
// coarse.
constexpr milliseconds kClockGrain{1000};
// Listing takes a part of the time at most: it is not begun before this many times what it took has passed.
constexpr int kRest = 20;
constexpr int kMaxListings = 10;        // after one another, while folders come
constexpr milliseconds kMaxWait{1000};  // a lost wake-up delays a stop by no more

int64_t NowNs() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}

bool IsYounger(const FileState& state, milliseconds age) {
  return NowNs() - state.changed_ns < std::chrono::nanoseconds(age).count();
}

// Whether a file of this name is listed where the folder is.
bool IsListed(const std::string& path) {
  const std::string_view name = std::string_view(path).substr(path.rfind('/') + 1);
  return !name.empty() && name[0] != '.' && !IsTableBookkeeping(name) && ForeignKindOfName(path).empty();
}

}  // namespace

FolderFeed::FolderFeed(FolderOptions options, WatchJournal& journal, const StopFlag& stop, FeedListener listener)
    : options_(std::move(options)), journal_(journal), stop_(stop), listener_(std::move(listener)) {}

absl::StatusOr<std::unique_ptr<FolderFeed>> FolderFeed::Open(FolderOptions options, WatchJournal& journal,
                                                             const StopFlag& stop, FeedListener listener) {
  std::unique_ptr<FolderFeed> feed(new FolderFeed(std::move(options), journal, stop, std::move(listener)));
  if (absl::Status status = feed->List(); !status.ok()) return status;
  return feed;
}

void FolderFeed::SayOnce(const std::string& problem) {
  if (problem.empty() || problem == said_) return;
  said_ = problem;
  listener_.say(problem);
}

// A folder that comes while folders are listed is followed from the next listing on, so that no file of it is missed.
absl::StatusOr<std::vector<std::string>> FolderFeed::ListedFiles() {
  const ListOptions how{.follow_folder_links = false, .is_stopped = [this] { return stop_.is_raised(); }};
  for (int listing = 1;; ++listing) {
    auto list = ListInputs({options_.folder}, how);
    if (!list.ok()) return list.status();
    std::string problem;
    if (options_.notify && notify_.Follow(list->folders[0].entered, problem) && listing < kMaxListings) continue;
    if (!problem.empty()) {
      SayOnce(problem + "; the folder is listed every " + std::to_string(options_.list_every.count() / 1000) +
              " s instead");
    }
    std::vector<std::string> files;
    for (InputPath& file : list->files) {
      if (file.problem.empty()) {
        files.push_back(std::move(file.path));
      } else {
        if (noted_.insert(file.path).second) listener_.unread(file.path, file.problem);
      }
    }
    return files;
  }
}

absl::Status FolderFeed::List() {
  const Clock::time_point begin = Clock::now();
  is_list_wanted_ = false;
  const auto files = ListedFiles();
  if (absl::IsCancelled(files.status())) return absl::OkStatus();
  if (files.ok()) {
    absl::flat_hash_set<ArticleKey> keys;
    written_.clear();
    for (const std::string& path : *files) {
      if (stop_.is_raised()) return absl::OkStatus();
      keys.insert(KeyOfPath(path));
      Consider(path, false);
    }
    journal_.KeepFiles(keys);
    absl::erase_if(read_, [&](const auto& file) { return !keys.contains(file.first); });
    fresh_.clear();
  }
  listed_ = Clock::now();
  list_took_ = listed_ - begin;
  next_list_ = listed_ + std::max<Clock::duration>(options_.list_every, list_took_ * kRest);
  return files.status();
}

bool FolderFeed::WasRead(const ArticleKey& key, uint64_t stamp) const {
  const auto read = read_.find(key);
  if (read != read_.end()) return read->second == stamp;
  const FileProgress progress = journal_.ProgressOf(key);
  return progress.is_whole && progress.stamp == stamp;
}

void FolderFeed::Queue(const std::string& path) {
  settling_.erase(path);
  written_.erase(path);
  if (queued_.insert(path).second) queue_.push_back(path);
}

void FolderFeed::Consider(const std::string& path, bool is_told) {
  const auto state = StateOf(path);
  const ArticleKey key = KeyOfPath(path);
  if (!state || (WasRead(key, state->stamp) && !(is_told && fresh_.contains(key)))) {
    settling_.erase(path);
    written_.erase(path);
    return;
  }
  switch (WritersOf(path)) {
    case Writers::kNone:
      return Queue(path);
    case Writers::kSome:
      settling_.erase(path);
      written_.insert(path);
      return;
    case Writers::kUnknown:
      break;
  }
  const auto before = settling_.find(path);
  const bool is_still = before != settling_.end() && before->second == state->stamp;
  if (is_told || is_still || !IsYounger(*state, kSettles)) return Queue(path);
  if (settling_.empty()) next_look_ = Clock::now() + kSettles;
  settling_[path] = state->stamp;
}

std::optional<FeedItem> FolderFeed::OpenNext() {
  path_ = std::move(queue_.front());
  queue_.pop_front();
  queued_.erase(path_);
  const auto state = StateOf(path_);
  if (!state) return std::nullopt;
  mark_ = FileMark{KeyOfPath(path_), {state->stamp, 0, false}};
  if (IsYounger(*state, kClockGrain)) {
    fresh_.insert(mark_.path);
  } else {
    fresh_.erase(mark_.path);
  }
  const FileProgress before = journal_.ProgressOf(mark_.path);
  skipped_ = before.stamp == state->stamp && !before.is_whole ? before.records : 0;
  if (!WillBeRead(path_)) {
    listener_.note(path_, "is no article, and is left aside");
    return EndFile(true);
  }
  auto reader = ArticleReader::Open({path_}, options_.reader);
  if (!reader.ok()) return std::nullopt;  // it has just gone
  reader_ = *std::move(reader);
  return std::nullopt;
}

FeedItem FolderFeed::EndFile(bool is_aside) {
  reader_.reset();
  mark_.progress.is_whole = true;
  read_[mark_.path] = mark_.progress.stamp;
  FeedItem end{{}, mark_};
  if (!is_aside) Consider(path_, false);  // it may have changed while it was read
  return end;
}

std::optional<FeedItem> FolderFeed::NextOfFile() {
  std::optional<Record> record;
  do {
    record = reader_->Next();
    mark_.progress.records += record.has_value();
  } while (record && mark_.progress.records <= skipped_);
  if (!record) return EndFile(false);
  FeedItem item{{}, mark_};
  std::visit([&](auto& value) { item.record = std::move(value); }, *record);
  return item;
}

std::optional<FeedItem> FolderFeed::Next() {
  while (!stop_.is_raised()) {
    if (reader_ != nullptr) return NextOfFile();
    if (!queue_.empty()) {
      if (auto mark = OpenNext()) return mark;
      continue;
    }
    if (options_.once && settling_.empty()) {
      for (const std::string& path : written_) listener_.unread(path, "is being written, and was not read");
      return std::nullopt;
    }
    Wait();
  }
  return std::nullopt;
}

void FolderFeed::TakeEvents() {
  const FolderNotify::Happened happened = notify_.Take();
  for (const std::string& path : happened.files) {
    if (IsArchiveFileName(std::string_view(path).substr(path.rfind('/') + 1))) {
      is_list_wanted_ = true;  // the files beside it decide
    } else if (IsListed(path)) {
      Consider(path, true);
    }
  }
  is_list_wanted_ |= happened.must_list;
}

void FolderFeed::LookAgain() {
  next_look_ = Clock::now() + kSettles;
  for (const auto& [path, stamp] : std::map(settling_)) Consider(path, false);
}

void FolderFeed::Wait() {
  const Clock::time_point now = Clock::now();
  // A new folder is listed at once, unless listing takes long.
  const Clock::time_point list = is_list_wanted_ ? std::min(next_list_, listed_ + list_took_ * kRest) : next_list_;
  if (!options_.once && now >= list) {
    if (const absl::Status status = List(); !status.ok()) SayOnce(std::string(StdView(status.message())));
    return;
  }
  if (!settling_.empty() && now >= next_look_) return LookAgain();
  listener_.waiting();
  const Clock::time_point until = settling_.empty() ? list : std::min(list, next_look_);
  const auto wait = std::chrono::duration_cast<milliseconds>(std::max(until - now, Clock::duration::zero()));
  pollfd waits[] = {{notify_.descriptor(), POLLIN, 0}, {stop_.descriptor(), POLLIN, 0}};
  ::poll(waits, 2, static_cast<int>(std::min(wait, kMaxWait).count()) + 1);
  TakeEvents();
}

}  // namespace unspin::watch
