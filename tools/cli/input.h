// The articles of a command line. Bad records are counted, reported, and weighed against --max-bad and --strict.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "cli/exit_status.h"
#include "cli/options.h"
#include "cli/repeated_messages.h"
#include "unspin/ingest/reader.h"
#include "unspin/records/record_block.h"

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

  // Files to read, as far as a listing shows.
  size_t files() const { return reader_->files(); }

  uint64_t articles() const { return articles_; }
  uint64_t bad() const { return bad_; }

  // Bytes read from the inputs, and their total where it is known. Safe while another thread reads, because the thread
  // that writes results shows progress.
  uint64_t bytes_read() const { return bytes_read_.load(std::memory_order_relaxed); }
  std::optional<uint64_t> bytes_total() const { return reader_->bytes_total(); }

  // Says on standard error what of a page was left aside, if it was much. Next does it for each article; callers of
  // NextBlock do it where an article is a page.
  void SayReading(const Article& article);

  // Bad records go to `listen` as well.
  void set_bad_record_listener(std::function<void(const BadRecord&)> listen) { listen_ = std::move(listen); }

  // Call it once, behind the last record: says how often messages came again, what was left out of files, and what was
  // left aside of folders. kDone, kSkipped or kFailed, by the share of bad records; kFailed also where there was no
  // record at all.
  ExitStatus Finish();

 private:
  Input(const InputOptions& options, std::unique_ptr<ArticleReader> reader, const ReaderOptions& reading)
      : options_(options), reader_(std::move(reader)), census_(reading.census), left_out_(reading.left_out) {}

  const InputOptions& options_;
  std::unique_ptr<ArticleReader> reader_;
  const std::shared_ptr<FieldCensus> census_;
  const std::shared_ptr<LeftOutRecords> left_out_;
  std::mutex mutex_;  // guards recycled_
  std::vector<RecordBlock> recycled_;
  std::atomic<uint64_t> bytes_read_ = 0;
  void SayLeftAside();

  RepeatedMessages messages_;
  std::function<void(const BadRecord&)> listen_;
  uint64_t articles_ = 0, bad_ = 0;
  bool stopped_ = false;  // by --strict
};

}  // namespace unspin::cli
