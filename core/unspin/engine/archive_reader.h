// What the engine asks of an archive: find candidates, and fetch articles. Not part of the public interface.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "unspin/anchor/anchor.h"
#include "unspin/engine/archive.h"
#include "unspin/engine/manifest.h"
#include "unspin/engine/segment.h"
#include "unspin/index/article_address.h"
#include "unspin/index/candidate_search.h"
#include "unspin/sketch/sketch.h"
#include "unspin/spins/spin_dictionary.h"
#include "unspin/standing/run_lists.h"
#include "unspin/store/store_reader.h"

namespace unspin {

// Which pages of an archive of `bytes`, of which `article_bytes` are compressed articles, are read at random. Where
// memory cannot hold the archive, read-ahead would read 2 MiB from disk for each article. A query reads the index in a
// thousand places, so the index keeps huge pages as long as memory can hold it (decisions 28 and 31).
SegmentPages ChoosePages(uint64_t bytes, uint64_t article_bytes, uint64_t memory);

// Safe to share between threads.
class ArchiveReader {
 public:
  // As Archive::Open.
  static absl::StatusOr<std::unique_ptr<const ArchiveReader>> Open(const std::string& folder, uint64_t memory);

  // As CandidateSearch::Find.
  std::vector<Candidate> FindCandidates(const Sketch& sketch, const Anchors& anchors, const CandidateOptions& options,
                                        SearchScratch& scratch) const;

  // Fails where the archive has no such article, or its block is damaged. `last` is reused between calls.
  absl::StatusOr<StoredArticle> Fetch(ArticleAddress address, StoreReader::LastBlock& last) const;
  absl::StatusOr<StoredArticle> Fetch(ArticleAddress address) const;
  // The addresses of an id's versions, in their order.
  std::vector<ArticleAddress> FindVersions(std::string_view id) const;
  // Calls visit(article) for each article in the order in which they were added, until it returns false. Fails where
  // the archive is damaged.
  absl::Status VisitArticles(const std::function<bool(const StoredArticle&)>& visit) const;
  // To visit articles by their addresses, deleted ones among them. REQUIRES: segment < segments(), and of IsDeleted:
  // article < ArticlesOf(segment).
  uint32_t segments() const { return static_cast<uint32_t>(segments_.size()); }
  uint32_t ArticlesOf(uint32_t segment) const { return static_cast<uint32_t>(segments_[segment]->size()); }
  bool IsDeleted(ArticleAddress address) const;
  // Identifies the article among those of all archives. REQUIRES: an address that FindCandidates returned.
  StoreReader::ContentKey ContentKeyOf(ArticleAddress address) const;
  // Starts to read the articles from disk, all at once, where memory cannot hold the archive; otherwise does nothing.
  // REQUIRES: addresses that FindCandidates returned.
  void Prefetch(const std::vector<Candidate>& candidates) const;

  // Whether every segment has the lists that standing text is known by.
  bool knows_standing_text() const { return statistics_.standing_text; }
  // Calls visit(address), ascending, for each article that holds a sampled run and is not deleted, until it returns
  // false. REQUIRES: IsSampled(run), and knows_standing_text().
  void VisitHolders(uint64_t run, const std::function<bool(ArticleAddress)>& visit) const;
  // REQUIRES of both: the address of an article of the archive; of OriginOf: knows_standing_text().
  ArticleOrigin OriginOf(ArticleAddress address) const;
  Sketch SketchOf(ArticleAddress address) const;

  std::vector<std::string> Verify() const;
  const ArchiveStatistics& statistics() const { return statistics_; }
  const SpinDictionary& spins() const { return spins_; }

 private:
  ArchiveReader() = default;
  static absl::StatusOr<std::unique_ptr<const ArchiveReader>> OpenOnce(const std::string& folder, uint64_t memory);
  absl::Status OpenSegments();
  void ApplyPages(uint64_t memory);
  void PrepareSearch();
  ArchiveStatistics CountStatistics() const;

  std::string folder_;
  Manifest manifest_;
  std::vector<std::shared_ptr<const Segment>> segments_;
  std::vector<std::vector<uint32_t>> deleted_;  // by segment, ascending
  SegmentPages pages_;
  CandidateSearch search_;  // looks into segments_ and deleted_
  SpinDictionary spins_;
  ArchiveStatistics statistics_;
};

}  // namespace unspin
