// The articles of a command line, with bad records counted, reported and weighed against --max-bad and --strict.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "cli/commands.h"
#include "unspin/ingest/reader.h"
#include "unspin/ingest/record_block.h"

namespace unspin::cli {

class Input {
 public:
  static absl::StatusOr<std::unique_ptr<Input>> Open(const InputOptions& options);

  // The next article; bad records are reported on standard error on the way. Nothing at the end, or, with --strict,
  // at the first bad record.
  std::optional<Article> Next();
  // The next record as it is, good or bad: for commands that answer every record.
  std::optional<Record> NextRecord();

  // The next records, unparsed (tools/cli/map_records.h). What is wrong with them is found later, by other threads:
  // they are to be counted in order, by CountArticle and Skip. Recycle may be called by any thread.
  std::optional<RecordBlock> NextBlock();
  void Recycle(RecordBlock block);
  void CountArticle() { ++articles_; }
  // Counts and reports one. False where, with --strict, no more are wanted.
  bool Skip(const BadRecord& bad);

  uint64_t articles() const { return articles_; }
  uint64_t bad() const { return bad_; }

  // Bytes taken from the inputs, and their total where it is known. Safe while another thread reads: progress is
  // shown from the thread that writes results.
  uint64_t bytes_read() const { return bytes_read_.load(std::memory_order_relaxed); }
  std::optional<uint64_t> bytes_total() const { return reader_->bytes_total(); }

  // kDone, kSkipped or kFailed, by what was skipped.
  int Status() const;

 private:
  Input(const InputOptions& options, std::unique_ptr<ArticleReader> reader)
      : options_(options), reader_(std::move(reader)) {}

  const InputOptions& options_;
  std::unique_ptr<ArticleReader> reader_;
  std::mutex mutex_;  // guards spare_
  std::vector<RecordBlock> spare_;
  std::atomic<uint64_t> bytes_read_ = 0;
  uint64_t articles_ = 0, bad_ = 0;
  bool stopped_ = false;
};

// All cores for 0.
unsigned ThreadCount(const CommonOptions& options);

}  // namespace unspin::cli
