// The watch itself: articles of a feed are checked in many threads, and what is found is written in their order, each
// article once.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "render/json.h"
#include "unspin/engine/engine.h"
#include "unspin/engine/live_archive.h"
#include "watch/article_feed.h"
#include "watch/findings_file.h"
#include "watch/stop_flag.h"
#include "watch/watch_journal.h"

namespace unspin::watch {

struct WatchOptions {
  unsigned threads = 1;
  CheckOptions check;
  JsonOptions json;
  Verdict min_verdict = Verdict::kExcerpt;  // an article whose verdict is weaker has no line
  bool all = false;                         // every article has a line
  bool opens_cases = false;                 // of articles with a finding; the journal then needs a folder
  std::function<void(Report&)> complete = [](Report&) {};  // adds to a report; from any thread
};

struct WatchCounts {
  uint64_t articles = 0;  // checked
  uint64_t findings = 0;  // articles with one
  uint64_t known = 0;     // articles that came again
  uint64_t bad = 0;       // records that are no articles
};

// Called by one thread at a time.
struct WatchListener {
  std::function<void(const BadRecord&)> bad = [](const auto&) {};
  std::function<void(const Article&)> read = [](const auto&) {};      // an article that is checked
  std::function<void(const std::string&)> say = [](const auto&) {};   // a sentence for people
  std::function<void(const WatchCounts&)> done = [](const auto&) {};  // after each record
};

// Notes a line of the findings, so that its article is not reported again. Fails where it is no report.
absl::Status NoteReported(std::string_view line, WatchJournal& journal);

class Watch {
 public:
  // All must outlive the watch.
  Watch(const Engine& engine, LiveArchive& archive, WatchJournal& journal, FindingsFile& out, const StopFlag& stop,
        WatchOptions options, WatchListener listener);

  // Returns at the end of the feed. For each article, in this order: its case is noted, its line written, and it is
  // marked as done; so a process that is killed between two of them goes on where it was.
  absl::Status Run(ArticleFeed& feed);
  const WatchCounts& counts() const { return counts_; }

 private:
  struct Checked;
  Checked Check(FeedItem item, Workspace& workspace) const;
  // Both: false where the watch must end, with failure_ set unless it was told to.
  bool Consume(Checked checked, ArticleFeed& feed);
  bool Write(Checked& checked, WatchJournal::Done& done);
  void NoticeArchive(const std::shared_ptr<const Archive>& archive);

  const Engine& engine_;
  LiveArchive& archive_;
  WatchJournal& journal_;
  FindingsFile& out_;
  const StopFlag& stop_;
  const WatchOptions options_;
  const WatchListener listener_;
  std::shared_ptr<const Archive> last_archive_;  // that an article was checked with
  std::string last_problem_;
  WatchCounts counts_;
  absl::Status failure_;
};

}  // namespace unspin::watch
