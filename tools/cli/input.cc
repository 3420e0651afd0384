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

std::optional<Record> Input::NextRecord() {
  if (stopped_) return std::nullopt;
  std::optional<Record> record = reader_->Next();
  bytes_read_.store(reader_->bytes_read(), std::memory_order_relaxed);
  if (!record) return std::nullopt;
  if (const auto* bad = std::get_if<BadRecord>(&*record)) {
    ++bad_;
    Complain(bad->place + ": " + bad->message);
    stopped_ = options_.strict;
    if (stopped_) return std::nullopt;
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

std::optional<std::vector<Article>> Input::NextBatch() {
  constexpr size_t kBatchBytes = size_t{1} << 18;
  std::vector<Article> batch;
  for (size_t bytes = 0; bytes < kBatchBytes;) {
    std::optional<Article> article = Next();
    if (!article) break;
    bytes += article->text.size() + sizeof(Article);
    batch.push_back(*std::move(article));
  }
  if (batch.empty()) return std::nullopt;
  return batch;
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
