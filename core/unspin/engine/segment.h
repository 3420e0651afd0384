// One immutable file of an archive: an index to find articles, a store to read them, and who they are.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "unspin/base/task_queue.h"
#include "unspin/engine/manifest.h"
#include "unspin/format/section_file.h"
#include "unspin/index/index_reader.h"
#include "unspin/io/file.h"
#include "unspin/store/store_builder.h"
#include "unspin/store/store_reader.h"

namespace unspin {

// A name in 128 bits, so that two ids do not meet by chance in any archive that fits on disks.
struct IdHash {
  uint64_t high = 0, low = 0;
  friend auto operator<=>(const IdHash&, const IdHash&) = default;
  template <typename State>
  friend State AbslHashValue(State state, const IdHash& id) {
    return State::combine(std::move(state), id.high, id.low);
  }
};
IdHash HashId(std::string_view id);

// What must be known of an article to tell whether it is new, without reading its text.
struct ArticleIdentity {
  IdHash id;
  IdHash text;  // the first half of the SHA-256 of the text
  uint32_t version = 1;
  uint32_t article = 0;  // position in the segment
  uint64_t text_bytes = 0;

  // `sha256` of the text, lower-case hexadecimal.
  static ArticleIdentity Of(std::string_view id, uint64_t text_bytes, std::string_view sha256, uint32_t version,
                            uint32_t article);
  // One addend of the archive's fingerprint: says nothing of segments.
  uint64_t Fingerprint() const;
  // In a segment: by id, then version.
  bool Precedes(const ArticleIdentity& other) const;
  void AppendTo(std::string& section) const;
  friend auto operator<=>(const ArticleIdentity&, const ArticleIdentity&) = default;
};

// The sections of a segment, in the order of the file.
struct SegmentSection {
  std::string_view name;
  uint32_t version = 1;
};
inline constexpr SegmentSection kIdentities{"identities"}, kIndex{"index"}, kAnchorCounts{"anchor-counts"},
    kStore{"store"};
inline constexpr uint32_t kSegmentSections = 4;

// Collects one segment. Build() and then Save() may be called once; it stays where it is between them. `tasks`
// outlive it, and do most of the work.
class SegmentBuilder {
 public:
  explicit SegmentBuilder(TaskQueue* tasks = nullptr) : index_(tasks), store_(tasks) {}

  absl::Status Add(const Article& article, const ArticleIdentity& identity, std::string_view sha256,
                   const Sketch& sketch, const Anchors& anchors);
  size_t size() const { return identities_.size(); }
  // Makes the bytes of a file, and returns its entry in the manifest.
  absl::StatusOr<SegmentEntry> Build(const std::string& name, uint64_t scheme);
  // Writes that file into the folder. Mostly waits for the disk.
  absl::Status Save(const std::string& folder) const;

 private:
  IndexBuilder index_;
  StoreBuilder store_;
  std::vector<ArticleIdentity> identities_;
  // What Build makes.
  std::string name_, identity_rows_;
  std::unique_ptr<const SectionFileImage> file_;
};

// A segment opened for reading. Safe to share between threads.
class Segment {
 public:
  // Checks the header, the index, the identities and the tables of the store, each with its checksum.
  // Blocks of the store are checked when they are read.
  static absl::StatusOr<std::shared_ptr<const Segment>> Open(const std::string& folder, const SegmentEntry& entry,
                                                             uint64_t scheme);

  const IndexReader& index() const { return *index_; }
  const StoreReader& store() const { return *store_; }
  size_t size() const { return index_->size(); }
  // Lets go of the pages that were read: they come back when they are asked for.
  void ReleasePages() const { mapped_.Release(); }
  // It is read as a whole.
  void ReadsAreMany() const { mapped_.ReadsAreMany(); }
  // For questions to what memory does not hold: they read a little here and there, of the articles or of everything.
  void ArticlesAreScattered() const { mapped_.ReadsAreScattered(store_->block_bytes()); }
  void ReadsAreScattered() const { mapped_.ReadsAreScattered(mapped_.bytes()); }
  size_t bytes() const { return mapped_.bytes().size(); }
  size_t article_bytes() const { return store_->block_bytes().size(); }
  // Fetch is going to ask for it.
  void Prefetch(uint32_t article) const { mapped_.WillBeRead(store_->BytesOf(article)); }
  absl::StatusOr<StoredArticle> Fetch(uint32_t article, StoreReader::LastBlock& last) const;
  StoreReader::ContentKey ContentKeyOf(uint32_t article) const { return store_->ContentKeyOf(article); }

  ArticleIdentity Identity(size_t place) const;                // in ascending order of id and version
  std::vector<ArticleIdentity> FindVersions(IdHash id) const;  // of one id, ascending

  // Reads everything; all problems found, each naming file and section.
  std::vector<std::string> Verify() const;
  // An error that names the file.
  absl::Status Damaged(std::string_view section, std::string_view what) const;

 private:
  Segment() = default;
  absl::Status CheckIdentities() const;

  std::string path_;
  MappedFile mapped_;
  std::optional<SectionFile> file_;
  std::optional<IndexReader> index_;
  std::optional<StoreReader> store_;
  std::string_view identities_;
};

}  // namespace unspin
