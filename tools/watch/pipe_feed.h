// Articles from a pipe, one JSON object a line.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "unspin/inputs/json_article.h"
#include "unspin/records/reader_options.h"
#include "watch/article_feed.h"
#include "watch/spool_file.h"
#include "watch/stop_flag.h"
#include "watch/watch_journal.h"

namespace unspin::watch {

class PipeFeed final : public ArticleFeed {
 public:
  // `path`: "-", standard input, which ends when its writers have gone, or a named pipe, whose writers go and come
  // again. With a journal that has a folder the bytes of a pipe are spooled there, and lines keep their numbers from
  // one run to the next. All must outlive the feed.
  static absl::StatusOr<std::unique_ptr<PipeFeed>> Open(const std::string& path, const ReaderOptions& options,
                                                        WatchJournal& journal, const StopFlag& stop,
                                                        FeedListener listener);

  std::optional<FeedItem> Next() override;
  absl::Status failure() const override { return failure_; }
  absl::Status Forget(const PipeMark& mark) override;

 private:
  PipeFeed(std::string path, const ReaderOptions& options, WatchJournal& journal, const StopFlag& stop,
           FeedListener listener)
      : path_(std::move(path)),
        parser_(path_, options),
        journal_(journal),
        stop_(stop),
        listener_(std::move(listener)) {}

  absl::Status OpenSpool();
  // A line that is held, without its line feed; at the end of the input what is left. Nothing: more bytes are needed.
  std::optional<std::string> TakeLine();
  FeedItem Parse(std::string line);
  // Gets more bytes, or waits for some. False at the end, on a stop and on a failure.
  bool Fill();
  bool ReadSpool();
  bool TakeBytes();
  // Whether the pipe has bytes, or has ended; waits a while where not.
  bool HasInput();
  // A writer has gone: a line that it left unfinished is ended.
  bool EndSession();
  bool Fail(absl::Status status);
  void Wait();

  const std::string path_;
  JsonArticleParser parser_;
  WatchJournal& journal_;
  const StopFlag& stop_;
  const FeedListener listener_;
  Descriptor named_;     // of a named pipe
  int descriptor_ = -1;  // of the pipe
  std::unique_ptr<SpoolFile> spool_;
  std::string held_;  // bytes that were read; lines before begin_ were taken
  size_t begin_ = 0, searched_ = 0;
  PipeMark taken_;            // up to begin_
  bool at_end_ = false;       // no more bytes will come
  bool is_skipping_ = false;  // within a line that is too long
  absl::Status failure_;
};

}  // namespace unspin::watch
