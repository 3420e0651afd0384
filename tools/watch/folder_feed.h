// Articles from a folder and those below it: the files that are there, then each as it comes or changes.
#pragma once

#include <chrono>
#include <deque>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "unspin/ingest/reader.h"
#include "watch/article_feed.h"
#include "watch/file_state.h"
#include "watch/folder_notify.h"
#include "watch/stop_flag.h"
#include "watch/watch_journal.h"

namespace unspin::watch {

struct FolderOptions {
  std::string folder;
  ReaderOptions reader;
  bool once = false;                             // ends after what is there
  std::chrono::milliseconds list_every{10'000};  // for file systems that do not tell of changes
  bool notify = true;                            // listens to the system
};

// Files are read once nobody writes them any more. A file that changes is read again from its beginning. Which files of
// a folder are read is decided as for every command (unspin/ingest/list_inputs.h), but folders behind links are not
// followed: who may put links there must not choose what is read.
class FolderFeed final : public ArticleFeed {
 public:
  // Fails where the folder cannot be listed. All must outlive the feed.
  static absl::StatusOr<std::unique_ptr<FolderFeed>> Open(FolderOptions options, WatchJournal& journal,
                                                          const StopFlag& stop, FeedListener listener);

  std::optional<FeedItem> Next() override;

 private:
  using Clock = std::chrono::steady_clock;

  FolderFeed(FolderOptions options, WatchJournal& journal, const StopFlag& stop, FeedListener listener);

  // Lists the folder, follows its folders, and considers its files.
  absl::Status List();
  absl::StatusOr<std::vector<std::string>> ListedFiles();
  void SayOnce(const std::string& problem);
  // Queues the file if it is new or changed and whole. `is_told`: a writer has just closed it.
  void Consider(const std::string& path, bool is_told);
  bool WasRead(const ArticleKey& key, uint64_t stamp) const;
  void Queue(const std::string& path);
  // Opens the next file of the queue; nothing where it is gone or is left aside, which may leave a mark.
  std::optional<FeedItem> OpenNext();
  std::optional<FeedItem> NextOfFile();
  FeedItem EndFile(bool is_aside);
  void TakeEvents();
  // Considers the files again that may still be written.
  void LookAgain();
  void Wait();

  const FolderOptions options_;
  WatchJournal& journal_;
  const StopFlag& stop_;
  const FeedListener listener_;
  FolderNotify notify_;
  Clock::time_point listed_, next_list_, next_look_;
  Clock::duration list_took_{};
  bool is_list_wanted_ = false;
  std::string said_;                        // the last problem
  absl::flat_hash_set<std::string> noted_;  // paths that cannot be read, each told once

  std::deque<std::string> queue_;
  absl::flat_hash_set<std::string> queued_;         // of queue_
  std::map<std::string, uint64_t> settling_;        // files that may still be written: their stamps when last looked at
  std::set<std::string> written_;                   // files that are certainly being written
  absl::flat_hash_map<ArticleKey, uint64_t> read_;  // stamps of the files that this feed has read
  absl::flat_hash_set<ArticleKey> fresh_;           // files that were read so soon that a change may not show

  // The open file.
  std::unique_ptr<ArticleReader> reader_;
  std::string path_;
  FileMark mark_;
  uint64_t skipped_ = 0;  // records that an earlier run has done
};

}  // namespace unspin::watch
