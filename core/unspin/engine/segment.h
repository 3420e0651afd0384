// One immutable file of an archive, opened for reading: who its articles are, an index to find them, a store to read
// them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "unspin/engine/article_identity.h"
#include "unspin/engine/manifest.h"
#include "unspin/format/section_file.h"
#include "unspin/index/index_reader.h"
#include "unspin/io/file.h"
#include "unspin/standing/run_lists.h"
#include "unspin/store/store_reader.h"

namespace unspin {

// How the pages of a segment are mapped: the compressed articles, and everything else.
struct SegmentPages {
  PagePolicy index = PagePolicy::kHugePages;
  PagePolicy articles = PagePolicy::kHugePages;
  friend bool operator==(const SegmentPages&, const SegmentPages&) = default;
};

// A segment opened for reading. Safe to share between threads.
class Segment {
 public:
  // Checks the header, the index, the identities and the tables of the store, each with its checksum. Blocks of the
  // store are checked when they are read. All pages have the policy kHugePages: checking reads most of them.
  static absl::StatusOr<std::shared_ptr<const Segment>> Open(const std::string& folder, const SegmentEntry& entry,
                                                             uint64_t scheme);

  const IndexReader& index() const { return *index_; }
  const StoreReader& store() const { return *store_; }
  // Null where an early program made the segment.
  const RunLists* run_lists() const { return run_lists_ ? &*run_lists_ : nullptr; }
  size_t size() const { return index_->size(); }
  size_t bytes() const { return mapped_.bytes().size(); }
  size_t article_bytes() const { return store_->block_bytes().size(); }

  absl::StatusOr<StoredArticle> Fetch(uint32_t article, StoreReader::LastBlock& last) const;
  // REQUIRES of both: article < size().
  StoreReader::ContentKey ContentKeyOf(uint32_t article) const { return store_->ContentKeyOf(article); }
  // Starts to read from disk what Fetch will read.
  void Prefetch(uint32_t article) const { mapped_.Prefetch(store_->BytesOf(article)); }

  // Calls visit(article), ascending, for each article that holds a sampled run, until it returns false. False if it
  // did. REQUIRES: IsSampled(run), and run lists.
  bool VisitHolders(uint64_t run, const std::function<bool(uint32_t article)>& visit) const;

  // Identity number `row` in the order of id and version. REQUIRES: row < size().
  ArticleIdentity Identity(size_t row) const;
  std::vector<ArticleIdentity> FindVersions(IdHash id) const;  // ascending

  void Apply(SegmentPages pages) const;
  // Unmaps the pages that were read: mapped pages count as memory. Reads map them again.
  void ReleasePages() const { mapped_.Release(); }

  // Reads everything; all problems found, each naming file and section.
  std::vector<std::string> Verify() const;
  // An error that names the file and what to do.
  absl::Status Damaged(std::string_view section, std::string_view what) const;

 private:
  Segment() = default;
  absl::Status ReadFile(const SegmentEntry& entry, uint64_t scheme);
  absl::Status ReadSections(const SegmentEntry& entry);
  absl::Status ReadRunLists(const SegmentEntry& entry);
  absl::Status CheckIdentities() const;

  std::string path_;
  MappedFile mapped_;
  std::optional<SectionFile> file_;
  std::optional<IndexReader> index_;
  std::optional<RunLists> run_lists_;
  std::optional<StoreReader> store_;
  std::string_view identities_;
};

}  // namespace unspin
