#include "unspin/engine/segment.h"

#include <algorithm>
#include <cassert>
#include <filesystem>
#include <system_error>
#include <utility>

#include "unspin/base/sha256.h"
#include "unspin/base/strings.h"
#include "unspin/engine/fingerprints.h"
#include "unspin/engine/segment_sections.h"

namespace unspin {

absl::Status Segment::Damaged(std::string_view section, std::string_view what) const {
  return absl::DataLossError(path_ + ": section " + std::string(section) + ": " + std::string(what) + "; " + kRepair);
}

absl::StatusOr<std::shared_ptr<const Segment>> Segment::Open(const std::string& folder, const SegmentEntry& entry,
                                                             uint64_t scheme) {
  const std::shared_ptr<Segment> segment(new Segment);
  segment->path_ = folder + "/" + entry.name;
  if (absl::Status status = segment->ReadFile(entry, scheme); !status.ok()) return status;
  if (absl::Status status = segment->ReadSections(entry); !status.ok()) return status;
  if (absl::Status status = segment->ReadRunLists(entry); !status.ok()) return status;
  if (absl::Status status = segment->CheckIdentities(); !status.ok()) return status;
  segment->ReleasePages();
  return segment;
}

// Maps the file and checks that it is the one that the manifest names.
absl::Status Segment::ReadFile(const SegmentEntry& entry, uint64_t scheme) {
  absl::StatusOr<MappedFile> mapped = MapFile(path_);
  if (absl::IsNotFound(mapped.status()))
    return absl::DataLossError(path_ + ": missing, though MANIFEST names it; " + kRepair);
  if (!mapped.ok()) return mapped.status();
  mapped_ = *std::move(mapped);
  const std::string_view bytes = mapped_.bytes();
  mapped_.Apply(PagePolicy::kHugePages, bytes);
  if (bytes.size() != entry.length) {
    return absl::DataLossError(path_ + ": " + (bytes.size() < entry.length ? "cut off" : "longer than written") + ", " +
                               std::to_string(bytes.size()) + " bytes instead of " + std::to_string(entry.length) +
                               "; " + kRepair);
  }
  absl::StatusOr<SectionFile> file = SectionFile::Parse(bytes, path_);
  if (!file.ok()) return file.status();
  if (file->scheme() != scheme) return ForeignScheme(path_, file->scheme(), scheme);
  if (file->checksum() != entry.checksum) {
    return absl::DataLossError(path_ + ": not the file that MANIFEST names (its checksum differs); " + kRepair);
  }
  file_ = *std::move(file);
  return absl::OkStatus();
}

absl::Status Segment::ReadSections(const SegmentEntry& entry) {
  // Checking maps all pages, and mapped pages count as memory; most queries read few of them.
  const auto release = [this] { ReleasePages(); };
  const absl::StatusOr<std::string_view> identities = file_->Read(kIdentities.name, kIdentities.version, release);
  if (!identities.ok()) return identities.status();
  const absl::StatusOr<std::string_view> index_bytes = file_->Read(kIndex.name, kIndex.version, release);
  if (!index_bytes.ok()) return index_bytes.status();
  const absl::StatusOr<std::string_view> store_bytes = file_->ReadUnchecked(kStore.name, kStore.version);
  if (!store_bytes.ok()) return store_bytes.status();
  std::optional<std::string_view> anchor_counts;
  if (file_->Has(kAnchorCounts.name)) {
    const absl::StatusOr<std::string_view> read = file_->Read(kAnchorCounts.name, kAnchorCounts.version);
    if (!read.ok()) return read.status();
    anchor_counts = *read;
  }
  const absl::StatusOr<IndexReader> index = IndexReader::Open(*index_bytes, anchor_counts);
  if (!index.ok()) return Damaged("index", StdView(index.status().message()));
  const absl::StatusOr<StoreReader> store = StoreReader::Open(*store_bytes);
  if (!store.ok()) return Damaged("store", StdView(store.status().message()));
  if (index->size() != entry.articles || store->size() != entry.articles) {
    return Damaged("index", "its number of articles is not the one that MANIFEST names");
  }
  index_ = *index;
  store_ = *store;
  identities_ = *identities;
  return absl::OkStatus();
}

absl::Status Segment::ReadRunLists(const SegmentEntry& entry) {
  if (!file_->Has(kStandingRuns.name)) return absl::OkStatus();
  const absl::StatusOr<std::string_view> bytes =
      file_->Read(kStandingRuns.name, kStandingRuns.version, [this] { ReleasePages(); });
  if (!bytes.ok()) return bytes.status();
  const absl::StatusOr<RunLists> lists = RunLists::Open(*bytes);
  if (!lists.ok()) return Damaged(kStandingRuns.name, StdView(lists.status().message()));
  if (lists->size() != entry.articles)
    return Damaged(kStandingRuns.name, "its number of articles is not the one that MANIFEST names");
  run_lists_ = *lists;
  return absl::OkStatus();
}

absl::Status Segment::CheckIdentities() const {
  if (identities_.size() != size() * ArticleIdentity::kEncodedSize)
    return Damaged("identities", "its length does not fit the index");
  std::vector<bool> seen(size(), false);
  IdHash previous;
  for (size_t i = 0; i < size(); ++i) {
    const ArticleIdentity identity = Identity(i);
    if (identity.id < previous) return Damaged("identities", "not in order");
    if (identity.article >= size() || seen[identity.article])
      return Damaged("identities", "an article twice or out of bounds");
    seen[identity.article] = true;
    previous = identity.id;
  }
  return absl::OkStatus();
}

absl::StatusOr<StoredArticle> Segment::Fetch(uint32_t article, StoreReader::LastBlock& last) const {
  absl::StatusOr<StoredArticle> stored = store_->Fetch(article, last);
  if (!stored.ok()) return Damaged("store", StdView(stored.status().message()));
  return stored;
}

bool Segment::VisitHolders(uint64_t run, const std::function<bool(uint32_t article)>& visit) const {
  assert(IsSampled(run) && run_lists_);
  if (IsListed(run)) return run_lists_->VisitHolders(run, visit);
  const PostingLists& postings = index_->postings();
  bool more = true;
  postings.VisitArticles(postings.Find(RunAnchorHash(run)), [&](std::span<const uint32_t> articles) {
    more = more && std::all_of(articles.begin(), articles.end(), [&](uint32_t article) { return visit(article); });
  });
  return more;
}

void Segment::Apply(SegmentPages pages) const {
  mapped_.Apply(pages.index, mapped_.bytes());
  if (pages.articles != pages.index) mapped_.Apply(pages.articles, store_->block_bytes());
}

ArticleIdentity Segment::Identity(size_t row) const {
  assert(row < size());
  return ArticleIdentity::Decode(
      identities_.substr(row * ArticleIdentity::kEncodedSize, ArticleIdentity::kEncodedSize));
}

std::vector<ArticleIdentity> Segment::FindVersions(IdHash id) const {
  // Binary search for the first row of the id.
  size_t low = 0, high = size();
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    if (Identity(middle).id < id) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  std::vector<ArticleIdentity> versions;
  for (; low < size(); ++low) {
    const ArticleIdentity identity = Identity(low);
    if (identity.id != id) break;
    versions.push_back(identity);
  }
  return versions;
}

std::vector<std::string> Segment::Verify() const {
  // Reading a mapping of a file that was cut off since would end the process (SIGBUS).
  std::error_code error;
  if (const auto length = std::filesystem::file_size(path_, error); error || length != mapped_.bytes().size()) {
    return {path_ + ": removed or cut off since it was opened; " + kRepair};
  }
  std::vector<std::string> problems = file_->Verify();
  std::vector<ArticleIdentity> identities(size());  // by article
  for (size_t i = 0; i < size(); ++i) {
    const ArticleIdentity identity = Identity(i);
    identities[identity.article] = identity;
  }
  const auto report = [&](std::string_view what) { problems.emplace_back(StdView(Damaged("store", what).message())); };
  StoreReader::LastBlock last;
  for (uint32_t article = 0; article < size(); ++article) {
    const std::string name = "article " + std::to_string(article) + ": ";
    const absl::StatusOr<StoredArticle> stored = store_->Fetch(article, last);
    if (!stored.ok()) {
      report(StdView(stored.status().message()));
    } else if (Sha256Hex(stored->article.text) != stored->sha256) {
      report(name + "its text is not the one that was indexed (its SHA-256 differs)");
    } else if (ArticleIdentity::Of(stored->article.id, stored->article.text.size(), stored->sha256, stored->version,
                                   article) != identities[article]) {
      report(name + "it is not the article that section identities names");
    }
  }
  return problems;
}

}  // namespace unspin
