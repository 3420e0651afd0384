#include "cli/input.h"

#include <utility>

#include "cli/messages.h"
#include "unspin/ingest/list_inputs.h"
#include "unspin/records/field_census.h"
#include "unspin/records/left_out_records.h"
#include "unspin/records/reading.h"

namespace unspin::cli {

absl::StatusOr<std::unique_ptr<Input>> Input::Open(const InputOptions& options) {
  ReaderOptions reading = options.reader;
  reading.census = std::make_shared<FieldCensus>();
  reading.left_out = std::make_shared<LeftOutRecords>();
  auto reader = ArticleReader::Open(options.inputs, reading);
  if (!reader.ok()) return reader.status();
  return std::unique_ptr<Input>(new Input(options, *std::move(reader), reading));
}

bool Input::Skip(const BadRecord& bad) {
  ++bad_;
  messages_.Add(bad.location, bad.message);
  if (listen_) listen_(bad);
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
      SayReading(*article);
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

void Input::SayReading(const Article& article) {
  if (LeavesMuchAside(article.reading)) messages_.Add(article.id, DescribeReading(article.reading));
}

void Input::SayLeftAside() {
  std::string folders;
  bool all_empty = true;
  for (const InputFolder& folder : reader_->folders()) {
    folders += (folders.empty() ? "" : ", ") + folder.path;
    if (folder.left_aside.empty()) continue;
    all_empty = false;
    PrintError("left aside in " + folder.path + ": " + DescribeLeftAside(folder.left_aside));
  }
  const bool left_out = left_out_->total() > 0;
  if (left_out)
    PrintError((articles_ == 0 ? "there is no article in the input; left out " : "left out ") + left_out_->Describe());
  if (articles_ == 0 && bad_ == 0 && !left_out)
    PrintError(folders.empty() ? "there is no article in the input; name files or folders with articles"
                               : folders + (all_empty ? ": there is no file in it" : ": there is no article in it") +
                                     "; name a folder with articles");
}

ExitStatus Input::Finish() {
  messages_.Finish();
  if (articles_ > 0) {
    for (const std::string& problem : census_->Problems(options_.reader.fields, options_.reader.keep))
      PrintError(problem);
  }
  if (!stopped_) SayLeftAside();
  if (stopped_) return ExitStatus::kFailed;
  if (bad_ == 0) return articles_ > 0 ? ExitStatus::kDone : ExitStatus::kFailed;
  if (articles_ == 0) return ExitStatus::kFailed;
  const double share = static_cast<double>(bad_) / static_cast<double>(bad_ + articles_);
  return share <= options_.max_bad ? ExitStatus::kDone : ExitStatus::kSkipped;
}

}  // namespace unspin::cli
