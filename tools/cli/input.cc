#include "cli/input.h"

#include <algorithm>
#include <thread>

#include "cli/messages.h"

namespace unspin::cli {

absl::StatusOr<std::unique_ptr<Input>> Input::Open(const InputOptions& options) {
  auto reader = ArticleReader::Open(options.inputs, options.reader);
  if (!reader.ok()) return reader.status();
  return std::unique_ptr<Input>(new Input(options, *std::move(reader)));
}

bool Input::Skip(const BadRecord& bad) {
  ++bad_;
  PrintError(bad.location + ": " + bad.message);
  stopped_ = options_.strict;
  return !stopped_;
}

std::optional<Record> Input::NextRecord() {
  if (stopped_) return std::nullopt;
  std::optional<Record> record = reader_->Next();
  bytes_read_.store(reader_->bytes_read(), std::memory_order_relaxed);
  if (!record) return std::nullopt;
  if (const auto* bad = std::get_if<BadRecord>(&*record)) {
    if (!Skip(*bad)) return std::nullopt;
  } else {
    ++articles_;
  }
  return record;
}

std::optional<Article> Input::Next() {
  while (std::optional<Record> record = NextRecord()) {
    if (auto* article = std::get_if<Article>(&*record)) return std::move(*article);
  }
  return std::nullopt;
}

std::optional<RecordBlock> Input::NextBlock() {
  RecordBlock block;
  {
    const std::lock_guard lock(mutex_);
    if (!spare_.empty()) {
      block = std::move(spare_.back());
      spare_.pop_back();
    }
  }
  const bool more = reader_->NextBlock(block);
  bytes_read_.store(reader_->bytes_read(), std::memory_order_relaxed);
  if (!more) return std::nullopt;
  return block;
}

void Input::Recycle(RecordBlock block) {
  const std::lock_guard lock(mutex_);
  spare_.push_back(std::move(block));
}

int Input::Status() const {
  if (stopped_) return kFailed;
  if (bad_ == 0) return kDone;
  if (articles_ == 0) return kFailed;
  const double share = static_cast<double>(bad_) / static_cast<double>(bad_ + articles_);
  return share <= options_.max_bad ? kDone : kSkipped;
}

unsigned ThreadCount(const CommonOptions& options) {
  return options.threads > 0 ? options.threads : std::max(1u, std::thread::hardware_concurrency());
}

}  // namespace unspin::cli
