// Where the articles of a watch come from: one after the other, waiting for the next.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "watch/feed_item.h"

namespace unspin::watch {

// What a feed tells while it reads. Called from the thread that reads.
struct FeedListener {
  std::function<void(const std::string&)> say = [](const auto&) {};  // a sentence for people
  // What is wrong with a file or record; many may have the same.
  std::function<void(const std::string& location, const std::string& message)> note = [](const auto&, const auto&) {};
  // A file that should have been read and was not, and why.
  std::function<void(const std::string& path, const std::string& why)> unread = [](const auto&, const auto&) {};
  std::function<void()> waiting = [] {};  // there is nothing to read now
};

// Not safe to share between threads; another thread may call Next after one call has returned.
class ArticleFeed {
 public:
  virtual ~ArticleFeed() = default;

  // The next article, bad record or mark. Waits for it. Nothing at the end of the input, when the watch is to stop, and
  // after a failure.
  virtual std::optional<FeedItem> Next() = 0;

  // Why the input can be read no further; OK where nothing is wrong.
  virtual absl::Status failure() const { return absl::OkStatus(); }

  // What the journal holds durably is passed: the input up to there is not needed any more.
  virtual absl::Status Forget(const PipeMark&) { return absl::OkStatus(); }
};

}  // namespace unspin::watch
