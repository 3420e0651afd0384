// The files that reports name as their sources, found again on disk: each article with its file as it was received.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "evidence/evidence.h"
#include "unspin/records/reader_options.h"

namespace unspin {
class RecordSource;
}

namespace unspin::evidence {

// Not safe to share between threads.
class SourceFiles {
 public:
  // A larger file, of one article or of many, is not kept whole: the article's record stands for it.
  static constexpr uint64_t kMaxFileBytes = uint64_t{64} << 20, kMaxFileOfManyBytes = uint64_t{1} << 20;

  // `folder`: where a path is looked for, whole or without its first parts; empty: the path as it stands.
  explicit SourceFiles(std::string folder);
  ~SourceFiles();

  struct Source {
    ReceivedFile file;
    Article article;
  };
  // The article that a report calls by this path and record. Records that come in the order of their file cost one pass
  // over it. Fails where no such file or article is there.
  absl::StatusOr<Source> Find(const std::string& path, std::optional<uint64_t> record, const ReaderOptions& reader);

 private:
  absl::StatusOr<std::string> PathOnDisk(const std::string& path) const;
  // Record `record` of a file that is not kept whole.
  absl::StatusOr<Article> ReadRecord(const std::string& on_disk, const std::string& path,
                                     std::optional<uint64_t> record, const ReaderOptions& reader);

  const std::string folder_;
  std::string open_;                      // the path of source_
  uint64_t read_ = 0;                     // number of the last record of source_
  std::unique_ptr<RecordSource> source_;  // null: no file is open
};

}  // namespace unspin::evidence
