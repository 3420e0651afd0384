// A stream of articles → an archive, with sketches and anchors made in many threads.
//
//   const auto counts = unspin::IndexArticles(engine, "news.archive", [&] { return NextOfMine(); });
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "unspin/article/article.h"
#include "unspin/engine/archive_writer.h"

namespace unspin {

class Engine;

struct IndexArticlesOptions {
  unsigned threads = 0;                          // 0: one for each core
  uint64_t segment_bytes = uint64_t{256} << 20;  // of text, after which a segment is committed
  bool replace = false;                          // an article that comes again with another text replaces its versions
};

struct IndexedArticles {
  uint64_t added = 0, new_versions = 0, unchanged = 0;

  void Count(ArchiveWriter::Added what) {
    added += what == ArchiveWriter::Added::kNew;
    new_versions += what == ArchiveWriter::Added::kNewVersion;
    unchanged += what == ArchiveWriter::Added::kUnchanged;
  }
  friend bool operator==(const IndexedArticles&, const IndexedArticles&) = default;
};

// Adds what `next` returns to the archive in `folder`, in that order, until it returns nothing, and commits. `next` is
// called by one thread at a time, not always the same one. The archive's files are the same for any number of threads.
// At most eight articles per thread are in memory, and the segment that is being written. Fails as ArchiveWriter does
// (archive_writer.h); segments that were committed before stay.
absl::StatusOr<IndexedArticles> IndexArticles(const Engine& engine, const std::string& folder,
                                              const std::function<std::optional<Article>()>& next,
                                              const IndexArticlesOptions& options = {});

}  // namespace unspin
