// The articles of a command line. Bad records are counted, reported, and weighed against --max-bad and --strict.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "cli/exit_status.h"
#include "cli/options.h"
#include "unspin/ingest/reader.h"
#include "unspin/ingest/record_block.h"

namespace unspin::cli {

// Not safe to share between threads, except where a method says so.
class Input {
 public:
  // `options` must outlive the input.
  static absl::StatusOr<std::unique_ptr<Input>> Open(const InputOptions& options);

  // The next article. Bad records before it are counted and reported. Nothing at the end, or, with --strict, at the
  // first bad record.
  std::optional<Article> Next();

  // The next records, unparsed, for MapState (cli/map_records.h). Other threads parse them; the caller then counts each
  // record in the order of the input, with CountArticle or Skip. Nothing at the end.
  std::optional<RecordBlock> NextBlock();
  // Gives the memory of a block back. Safe to call from any thread.
  void Recycle(RecordBlock block);
  void CountArticle() { ++articles_; }
  // Counts and reports a bad record. False if the command must stop (--strict).
  bool Skip(const BadRecord& bad);

  uint64_t articles() const { return articles_; }
  uint64_t bad() const { return bad_; }

  // Bytes read from the inputs, and their total where it is known. Safe while another thread reads, because the thread
  // that writes results shows progress.
  uint64_t bytes_read() const { return bytes_read_.load(std::memory_order_relaxed); }
  std::optional<uint64_t> bytes_total() const { return reader_->bytes_total(); }

  // kDone, kSkipped or kFailed, by the share of bad records.
  ExitStatus Status() const;

 private:
  Input(const InputOptions& options, std::unique_ptr<ArticleReader> reader)
      : options_(options), reader_(std::move(reader)) {}

  const InputOptions& options_;
  std::unique_ptr<ArticleReader> reader_;
  std::mutex mutex_;  // guards recycled_
  std::vector<RecordBlock> recycled_;
  std::atomic<uint64_t> bytes_read_ = 0;
  uint64_t articles_ = 0, bad_ = 0;
  bool stopped_ = false;  // by --strict
};

}  // namespace unspin::cli
