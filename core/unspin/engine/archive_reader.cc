#include "unspin/engine/archive_reader.h"

#include <algorithm>
#include <cassert>
#include <filesystem>
#include <system_error>
#include <utility>

#include "unspin/base/hash.h"

namespace unspin {

SegmentPages ChoosePages(uint64_t bytes, uint64_t article_bytes, uint64_t memory) {
  assert(article_bytes <= bytes);
  if (bytes < memory / 2) return {PagePolicy::kHugePages, PagePolicy::kHugePages};
  const bool index_fits = bytes - article_bytes < memory / 4 * 3;
  return {index_fits ? PagePolicy::kHugePages : PagePolicy::kRandom, PagePolicy::kRandom};
}

absl::StatusOr<std::unique_ptr<const ArchiveReader>> ArchiveReader::Open(const std::string& folder, uint64_t memory) {
  // A writer may merge segments away after the manifest is read and before they are opened: then there is a new
  // manifest.
  constexpr int kTries = 4;
  absl::StatusOr<std::unique_ptr<const ArchiveReader>> opened;
  for (int i = 0; i < kTries; ++i) {
    const absl::StatusOr<Manifest> before = Manifest::Load(folder, SketchScheme::Default().Fingerprint());
    opened = OpenOnce(folder, memory);
    if (opened.ok() || !before.ok()) break;
    const absl::StatusOr<Manifest> after = Manifest::Load(folder, SketchScheme::Default().Fingerprint());
    if (!after.ok() || after->segments == before->segments) break;
  }
  return opened;
}

absl::StatusOr<std::unique_ptr<const ArchiveReader>> ArchiveReader::OpenOnce(const std::string& folder,
                                                                             uint64_t memory) {
  absl::StatusOr<Manifest> manifest = Manifest::Load(folder, SketchScheme::Default().Fingerprint());
  if (!manifest.ok()) return manifest.status();
  std::unique_ptr<ArchiveReader> reader(new ArchiveReader);
  reader->folder_ = folder;
  reader->manifest_ = *std::move(manifest);
  if (absl::Status status = reader->OpenSegments(); !status.ok()) return status;
  reader->ApplyPages(memory);
  reader->PrepareSearch();
  absl::StatusOr<SpinDictionary> spins = SpinDictionary::Load(Archive::SpinsPath(folder));
  if (!spins.ok()) return spins.status();
  reader->spins_ = *std::move(spins);
  reader->statistics_ = reader->CountStatistics();
  return reader;
}

absl::Status ArchiveReader::OpenSegments() {
  for (const SegmentEntry& entry : manifest_.segments) {
    absl::StatusOr<std::shared_ptr<const Segment>> segment = Segment::Open(folder_, entry, manifest_.scheme);
    if (!segment.ok()) return segment.status();
    segments_.push_back(*std::move(segment));
  }
  return absl::OkStatus();
}

void ArchiveReader::ApplyPages(uint64_t memory) {
  uint64_t bytes = 0, article_bytes = 0;
  for (const auto& segment : segments_) {
    bytes += segment->bytes();
    article_bytes += segment->article_bytes();
  }
  pages_ = ChoosePages(bytes, article_bytes, memory);
  if (pages_ == SegmentPages()) return;  // as Segment::Open left them
  for (const auto& segment : segments_) segment->Apply(pages_);
}

void ArchiveReader::PrepareSearch() {
  deleted_.resize(segments_.size());
  for (const ArticleAddress& address : manifest_.deleted) deleted_[address.segment].push_back(address.article);
  std::vector<SearchedSegment> searched;
  for (size_t i = 0; i < segments_.size(); ++i) searched.push_back({&segments_[i]->index(), deleted_[i]});
  search_ = CandidateSearch(std::move(searched));
}

std::vector<Candidate> ArchiveReader::FindCandidates(const Sketch& sketch, const Anchors& anchors,
                                                     const CandidateOptions& options, SearchScratch& scratch) const {
  return search_.Find(sketch, anchors, options, scratch);
}

absl::StatusOr<StoredArticle> ArchiveReader::Fetch(ArticleAddress address) const {
  StoreReader::LastBlock last;
  return Fetch(address, last);
}

absl::StatusOr<StoredArticle> ArchiveReader::Fetch(ArticleAddress address, StoreReader::LastBlock& last) const {
  if (address.segment >= segments_.size() || address.article >= segments_[address.segment]->size()) {
    return absl::OutOfRangeError(folder_ + ": no article " + std::to_string(address.article) + " in segment " +
                                 std::to_string(address.segment));
  }
  return segments_[address.segment]->Fetch(address.article, last);
}

std::vector<ArticleAddress> ArchiveReader::FindVersions(std::string_view id) const {
  std::vector<std::pair<uint32_t, ArticleAddress>> versions;
  for (uint32_t i = 0; i < segments_.size(); ++i) {
    for (const ArticleIdentity& identity : segments_[i]->FindVersions(HashId(id))) {
      if (!IsDeleted({i, identity.article}))
        versions.emplace_back(identity.version, ArticleAddress{i, identity.article});
    }
  }
  std::sort(versions.begin(), versions.end());
  std::vector<ArticleAddress> addresses;
  for (const auto& [version, address] : versions) addresses.push_back(address);
  return addresses;
}

absl::Status ArchiveReader::VisitArticles(const std::function<bool(const StoredArticle&)>& visit) const {
  StoreReader::LastBlock last;
  for (uint32_t i = 0; i < segments_.size(); ++i) {
    for (uint32_t article = 0; article < segments_[i]->size(); ++article) {
      if (IsDeleted({i, article})) continue;
      const absl::StatusOr<StoredArticle> stored = segments_[i]->Fetch(article, last);
      if (!stored.ok()) return stored.status();
      if (!visit(*stored)) return absl::OkStatus();
    }
  }
  return absl::OkStatus();
}

bool ArchiveReader::IsDeleted(ArticleAddress address) const {
  assert(address.segment < segments() && address.article < ArticlesOf(address.segment));
  const std::vector<uint32_t>& deleted = deleted_[address.segment];
  return std::binary_search(deleted.begin(), deleted.end(), address.article);
}

StoreReader::ContentKey ArchiveReader::ContentKeyOf(ArticleAddress address) const {
  assert(address.segment < segments_.size() && address.article < segments_[address.segment]->size());
  return segments_[address.segment]->ContentKeyOf(address.article);
}

void ArchiveReader::Prefetch(const std::vector<Candidate>& candidates) const {
  if (pages_.articles != PagePolicy::kRandom) return;
  for (const auto& [address, score] : candidates) {
    assert(address.segment < segments_.size() && address.article < segments_[address.segment]->size());
    segments_[address.segment]->Prefetch(address.article);
  }
}

void ArchiveReader::VisitHolders(uint64_t run, const std::function<bool(ArticleAddress)>& visit) const {
  assert(knows_standing_text());
  for (uint32_t i = 0; i < segments_.size(); ++i) {
    const auto visit_live = [&](uint32_t article) { return IsDeleted({i, article}) || visit({i, article}); };
    if (!segments_[i]->VisitHolders(run, visit_live)) return;
  }
}

ArticleOrigin ArchiveReader::OriginOf(ArticleAddress address) const {
  assert(address.segment < segments_.size() && address.article < segments_[address.segment]->size());
  return segments_[address.segment]->run_lists()->OriginOf(address.article);
}

Sketch ArchiveReader::SketchOf(ArticleAddress address) const {
  assert(address.segment < segments_.size() && address.article < segments_[address.segment]->size());
  return segments_[address.segment]->index().SketchOf(address.article);
}

std::vector<std::string> ArchiveReader::Verify() const {
  std::vector<std::string> problems;
  for (const auto& segment : segments_) {
    for (std::string& problem : segment->Verify()) problems.push_back(std::move(problem));
  }
  return problems;
}

ArchiveStatistics ArchiveReader::CountStatistics() const {
  ArchiveStatistics statistics;
  statistics.standing_text = std::all_of(segments_.begin(), segments_.end(),
                                         [](const auto& segment) { return segment->run_lists() != nullptr; });
  // A sum, so that it depends neither on order nor on segments.
  uint64_t fingerprint = Mix64(manifest_.scheme);
  for (uint32_t i = 0; i < segments_.size(); ++i) {
    for (size_t row = 0; row < segments_[i]->size(); ++row) {
      const ArticleIdentity identity = segments_[i]->Identity(row);
      if (IsDeleted({i, identity.article})) continue;
      ++statistics.articles;
      statistics.text_bytes += identity.text_bytes;
      fingerprint += identity.Fingerprint();
    }
    statistics.segments.push_back(manifest_.segments[i].name);
    statistics.disk_bytes += manifest_.segments[i].length;
  }
  std::error_code error;
  const uintmax_t manifest_bytes = std::filesystem::file_size(Manifest::Path(folder_), error);
  if (!error) statistics.disk_bytes += manifest_bytes;
  for (int shift = 60; shift >= 0; shift -= 4) {
    statistics.fingerprint.push_back("0123456789abcdef"[fingerprint >> shift & 15]);
  }
  return statistics;
}

}  // namespace unspin
