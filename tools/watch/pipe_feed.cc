#include "watch/pipe_feed.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cassert>
#include <cerrno>
#include <utility>

#include "unspin/base/strings.h"
#include "unspin/io/file_error.h"

namespace unspin::watch {
namespace {

constexpr size_t kChunk = size_t{256} << 10;   // bytes read at once
constexpr size_t kMaxLine = size_t{64} << 20;  // bytes; a longer line is no article, and would fill the memory
constexpr int kMaxWait = 1000;                 // milliseconds, so that a lost wake-up delays a stop by no more

}  // namespace

absl::StatusOr<std::unique_ptr<PipeFeed>> PipeFeed::Open(const std::string& path, const ReaderOptions& options,
                                                         WatchJournal& journal, const StopFlag& stop,
                                                         FeedListener listener) {
  std::unique_ptr<PipeFeed> feed(new PipeFeed(path, options, journal, stop, std::move(listener)));
  feed->descriptor_ = STDIN_FILENO;
  if (path != "-") {
    feed->named_ = OpenDescriptor(path, O_RDONLY | O_NONBLOCK);
    if (!feed->named_.is_open()) return FileError(path, "cannot open the pipe", errno);
    feed->descriptor_ = feed->named_.get();
  }
  if (absl::Status status = feed->OpenSpool(); !status.ok()) return status;
  return feed;
}

absl::Status PipeFeed::OpenSpool() {
  struct stat about;
  if (::fstat(descriptor_, &about) != 0) return FileError(path_, "cannot read", errno);
  // A file is there in the next run too, and is then read from its beginning.
  if (journal_.folder().empty() || S_ISREG(about.st_mode)) return absl::OkStatus();
  taken_ = journal_.pipe();
  auto spool = SpoolFile::Open(journal_.folder(), taken_.bytes);
  if (!spool.ok()) return spool.status();
  spool_ = *std::move(spool);
  const auto is_same = journal_.SetPipe(about.st_dev, about.st_ino);
  if (!is_same.ok()) return is_same.status();
  // What is left of an earlier pipe does not go on in this one.
  if (*is_same || spool_->end() == taken_.bytes) return absl::OkStatus();
  char last = 0;
  const auto read = spool_->Read(spool_->end() - 1, {&last, 1});
  if (!read.ok()) return read.status();
  return last == '\n' ? absl::OkStatus() : spool_->Append("\n");
}

bool PipeFeed::Fail(absl::Status status) {
  failure_ = std::move(status);
  return false;
}

std::optional<std::string> PipeFeed::TakeLine() {
  const size_t end = held_.find('\n', searched_);
  const bool is_rest = end == std::string::npos && at_end_ && (begin_ < held_.size() || is_skipping_);
  if (end == std::string::npos && !is_rest) {
    if (held_.size() - begin_ > kMaxLine) {
      is_skipping_ = true;
      taken_.bytes += held_.size() - begin_;
      held_.clear();
      begin_ = 0;
    }
    searched_ = held_.size();
    return std::nullopt;
  }
  const size_t line_end = is_rest ? held_.size() : end;
  std::string line = held_.substr(begin_, line_end - begin_);
  begin_ = searched_ = line_end + (is_rest ? 0 : 1);
  taken_.bytes += line.size() + (is_rest ? 0 : 1);
  ++taken_.lines;
  return line;
}

FeedItem PipeFeed::Parse(std::string line) {
  FeedItem item;
  if (spool_ != nullptr) item.mark = taken_;
  if (std::exchange(is_skipping_, false)) {
    item.record = BadRecordOfFile(
        path_, taken_.lines, "the line is longer than " + std::to_string(kMaxLine) + " bytes; send less in a line");
    return item;
  }
  if (IsWhiteSpace(line)) return item;
  RawRecord raw;
  raw.number = taken_.lines;
  const size_t size = line.size();
  line.append(RawRecord::kPadding, '\0');
  raw.bytes = std::string_view(line).substr(0, size);
  if (auto record = parser_.Parse(raw)) {
    std::visit([&](auto& value) { item.record = std::move(value); }, *record);
  }
  return item;
}

std::optional<FeedItem> PipeFeed::Next() {
  for (;;) {
    if (stop_.is_raised() || !failure_.ok()) return std::nullopt;
    if (auto line = TakeLine()) return Parse(*std::move(line));
    if (!Fill()) return std::nullopt;
  }
}

bool PipeFeed::Fill() {
  if (at_end_) return false;
  if (begin_ > 0) {  // what is held behind the last line is moved once for each chunk, not for each line
    held_.erase(0, begin_);
    searched_ -= begin_;
    begin_ = 0;
  }
  return spool_ != nullptr ? ReadSpool() : TakeBytes();
}

bool PipeFeed::ReadSpool() {
  const size_t before = held_.size();
  held_.resize(before + kChunk);
  const auto size = spool_->Read(taken_.bytes + before, {held_.data() + before, kChunk});
  held_.resize(before + (size.ok() ? *size : 0));
  if (!size.ok()) return Fail(size.status());
  if (*size > 0) return true;
  if (!HasInput()) return true;
  const auto taken = spool_->TakeFrom(descriptor_);
  if (!taken.ok()) return Fail(taken.status());
  if (!*taken) return true;
  return **taken > 0 || EndSession();
}

bool PipeFeed::TakeBytes() {
  if (!HasInput()) return true;
  const size_t before = held_.size();
  held_.resize(before + kChunk);
  const ssize_t size = ReadRetrying(descriptor_, held_.data() + before, kChunk);
  const int error = errno;
  held_.resize(before + (size > 0 ? static_cast<size_t>(size) : 0));
  if (size > 0) return true;
  if (size == 0) return EndSession();
  return error == EAGAIN || Fail(FileError(path_, "cannot read", error));
}

bool PipeFeed::HasInput() {
  pollfd input{descriptor_, POLLIN, 0};
  if (::poll(&input, 1, 0) != 0) return true;
  Wait();
  return false;
}

bool PipeFeed::EndSession() {
  if (path_ == "-") {
    at_end_ = true;
    return true;
  }
  const bool is_within_line = spool_ != nullptr ? spool_->end() > taken_.bytes : begin_ < held_.size();
  if (is_within_line && spool_ != nullptr) {
    if (absl::Status status = spool_->Append("\n"); !status.ok()) return Fail(std::move(status));
  } else if (is_within_line) {
    held_ += '\n';
  }
  // Opened again before it is closed, so that no writer finds the pipe without a reader. An end that a descriptor has
  // seen stays its end; a new one waits for new writers.
  Descriptor again = OpenDescriptor(path_, O_RDONLY | O_NONBLOCK);
  if (!again.is_open()) return Fail(FileError(path_, "cannot open the pipe", errno));
  named_ = std::move(again);
  descriptor_ = named_.get();
  if (!is_within_line) Wait();
  return true;
}

void PipeFeed::Wait() {
  listener_.waiting();
  pollfd waits[] = {{descriptor_, POLLIN, 0}, {stop_.descriptor(), POLLIN, 0}};
  ::poll(waits, 2, kMaxWait);
}

absl::Status PipeFeed::Forget(const PipeMark& mark) {
  if (spool_ == nullptr) return absl::OkStatus();
  return spool_->Forget(mark.bytes, [&] { return journal_.Sync(); });
}

}  // namespace unspin::watch
