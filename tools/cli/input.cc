#include "cli/input.h"

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

std::optional<Article> Input::Next() {
  while (!stopped_) {
    std::optional<Record> record = reader_->Next();
    bytes_read_.store(reader_->bytes_read(), std::memory_order_relaxed);
    if (!record) return std::nullopt;
    if (auto* article = std::get_if<Article>(&*record)) {
      ++articles_;
      return std::move(*article);
    }
    Skip(std::get<BadRecord>(*record));
  }
  return std::nullopt;
}

std::optional<RecordBlock> Input::NextBlock() {
  RecordBlock block;
  {
    const std::lock_guard lock(mutex_);
    if (!recycled_.empty()) {
      block = std::move(recycled_.back());
      recycled_.pop_back();
    }
  }
  const bool more = reader_->NextBlock(block);
  bytes_read_.store(reader_->bytes_read(), std::memory_order_relaxed);
  if (!more) return std::nullopt;
  return block;
}

void Input::Recycle(RecordBlock block) {
  const std::lock_guard lock(mutex_);
  recycled_.push_back(std::move(block));
}

ExitStatus Input::Status() const {
  if (stopped_) return ExitStatus::kFailed;
  if (bad_ == 0) return ExitStatus::kDone;
  if (articles_ == 0) return ExitStatus::kFailed;
  const double share = static_cast<double>(bad_) / static_cast<double>(bad_ + articles_);
  return share <= options_.max_bad ? ExitStatus::kDone : ExitStatus::kSkipped;
}

}  // namespace unspin::cli
