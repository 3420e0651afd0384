// Articles → the bytes of a segment file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "unspin/article/article.h"
#include "unspin/base/task_queue.h"
#include "unspin/engine/article_identity.h"
#include "unspin/engine/manifest.h"
#include "unspin/engine/pipeline.h"
#include "unspin/format/section_file.h"
#include "unspin/index/index_builder.h"
#include "unspin/standing/run_lists.h"
#include "unspin/store/store_builder.h"

namespace unspin {

// Collects one segment in memory. Call Add for each article, then Build, then Save, once each. Not safe to share
// between threads; must not be moved between Build and Save.
class SegmentBuilder {
 public:
  // If `tasks` is given, it outlives the builder and does most of the work.
  explicit SegmentBuilder(TaskQueue* tasks = nullptr) : index_(tasks), store_(tasks) {}

  // REQUIRES: identity.article == size().
  absl::Status Add(const Article& article, const ArticleIdentity& identity, std::string_view sha256,
                   const ArticleFingerprints& fingerprints);
  size_t size() const { return identities_.size(); }
  // Makes the bytes of the file `name`, and returns its entry for the manifest.
  absl::StatusOr<SegmentEntry> Build(const std::string& name, uint64_t scheme);
  // Writes the file into the folder, atomically. Mostly waits for the disk. REQUIRES: Build succeeded.
  absl::Status Save(const std::string& folder) const;

 private:
  IndexBuilder index_;
  RunListsBuilder run_lists_;
  StoreBuilder store_;
  std::vector<ArticleIdentity> identities_;

  // Filled by Build.
  std::string name_, identity_rows_;
  std::unique_ptr<const SectionFileImage> file_;
};

}  // namespace unspin
