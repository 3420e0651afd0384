#include "unspin/engine/archive.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "unspin/base/hash.h"
#include "unspin/engine/manifest.h"
#include "unspin/engine/segment.h"

namespace unspin {

Scattered ScatteredReads(uint64_t bytes, uint64_t article_bytes, uint64_t memory) {
  if (bytes < memory / 2) return Scattered::kNothing;  // memory holds more than the archive alone
  return bytes - article_bytes < memory / 4 * 3 ? Scattered::kArticles : Scattered::kEverything;
}

struct Archive::Contents {
  std::string folder;
  Manifest manifest;
  std::vector<std::shared_ptr<const Segment>> segments;
  std::vector<std::vector<uint32_t>> dropped;  // by segment, ascending
  SpinDictionary spins;
  uint64_t articles = 0;  // dropped ones included: frequencies count those as well
  Scattered scattered = Scattered::kNothing;
  ArchiveStatistics statistics;
};

uint64_t Archive::MachineMemory() {
  return static_cast<uint64_t>(sysconf(_SC_PHYS_PAGES)) * static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
}

absl::StatusOr<std::unique_ptr<const Archive>> Archive::Open(const std::string& folder, uint64_t memory) {
  // A writer may merge the segments away between the manifest's reading and theirs: then there is a new manifest.
  constexpr int kTries = 4;
  absl::StatusOr<std::unique_ptr<const Archive>> opened;
  absl::StatusOr<Manifest> before;
  for (int i = 0; i < kTries; ++i) {
    before = Manifest::Load(folder, SketchScheme::Default().Fingerprint());
    opened = OpenOnce(folder, memory);
    if (opened.ok() || !before.ok()) break;
    const absl::StatusOr<Manifest> after = Manifest::Load(folder, SketchScheme::Default().Fingerprint());
    if (!after.ok() || after->segments == before->segments) break;
  }
  return opened;
}

absl::StatusOr<std::unique_ptr<const Archive>> Archive::OpenOnce(const std::string& folder, uint64_t memory) {
  absl::StatusOr<Manifest> manifest = Manifest::Load(folder, SketchScheme::Default().Fingerprint());
  if (!manifest.ok()) return manifest.status();
  const auto contents = std::make_shared<Contents>();
  contents->folder = folder;
  for (const SegmentEntry& entry : manifest->segments) {
    absl::StatusOr<std::shared_ptr<const Segment>> segment = Segment::Open(folder, entry, manifest->scheme);
    if (!segment.ok()) return segment.status();
    contents->articles += (*segment)->size();
    contents->segments.push_back(*std::move(segment));
  }
  uint64_t bytes = 0, article_bytes = 0;
  for (const auto& segment : contents->segments) {
    bytes += segment->bytes();
    article_bytes += segment->article_bytes();
  }
  contents->scattered = ScatteredReads(bytes, article_bytes, memory);
  for (const auto& segment : contents->segments) {
    if (contents->scattered == Scattered::kArticles) segment->ArticlesAreScattered();
    if (contents->scattered == Scattered::kEverything) segment->ReadsAreScattered();
  }
  contents->dropped.resize(contents->segments.size());
  for (const ArticleAddress& number : manifest->dropped) contents->dropped[number.segment].push_back(number.article);
  contents->manifest = *std::move(manifest);
  absl::StatusOr<SpinDictionary> spins = SpinDictionary::Load(SpinsPath(folder));
  if (!spins.ok()) return spins.status();
  contents->spins = *std::move(spins);
  std::unique_ptr<Archive> archive(new Archive);
  archive->contents_ = contents;
  contents->statistics = archive->CountStatistics();
  return archive;
}

std::vector<ArchiveCandidate> Archive::FindCandidates(const Sketch& sketch, const Anchors& anchors,
                                                      const CandidateOptions& options,
                                                      IndexReader::Scratch& scratch) const {
  const auto& segments = contents_->segments;
  // Whether an anchor is too frequent is a matter of the whole archive: by segment, findings would depend on segments.
  std::vector<IndexReader::Postings> postings(anchors.size() * segments.size());
  std::vector<std::pair<uint64_t, size_t>> by_frequency;
  by_frequency.reserve(anchors.size());
  double total_weight = 0;
  size_t runs = 0;
  for (size_t i = 0; i < segments.size(); ++i)
    segments[i]->index().FindPostings(anchors, postings.data() + i, segments.size());
  for (size_t a = 0; a < anchors.size(); ++a) {
    total_weight += anchors[a].weight;
    runs += anchors[a].kind == AnchorKind::kRun;
    uint64_t frequency = 0;
    for (size_t i = 0; i < segments.size(); ++i) {
      frequency += postings[a * segments.size() + i].articles;
    }
    const bool common = anchors[a].kind == AnchorKind::kRun && frequency > options.run_cap;
    if (!common && options.LooksUp(frequency, contents_->articles)) by_frequency.emplace_back(frequency, a);
  }
  std::sort(by_frequency.begin(), by_frequency.end());
  std::vector<bool> looked_up(anchors.size(), false);
  uint64_t spent = 0;
  for (const auto& [frequency, a] : by_frequency) {
    spent += frequency;
    if (spent > options.postings) break;
    looked_up[a] = true;
  }
  // All runs together weigh half as much as all words: a share of the suspect taken word for word counts for itself.
  const auto run_weight = static_cast<float>(runs > 0 ? total_weight / 2 / static_cast<double>(runs) : 0);
  std::vector<std::vector<IndexReader::WeighedPostings>> found(segments.size());
  for (auto& of_segment : found) of_segment.reserve(by_frequency.size());
  for (size_t a = 0; a < anchors.size(); ++a) {
    if (!looked_up[a]) continue;
    for (size_t i = 0; i < segments.size(); ++i) {
      const IndexReader::Postings& lists = postings[a * segments.size() + i];
      if (lists.articles > 0)
        found[i].push_back({lists, anchors[a].kind == AnchorKind::kRun ? run_weight : anchors[a].weight});
    }
  }
  const uint32_t bands = std::min(options.bands, kBands);
  std::vector<IndexReader::Bucket> buckets(bands * segments.size());
  for (size_t i = 0; i < segments.size(); ++i)
    segments[i]->index().FindBuckets(sketch, bands, options.bucket_cap, buckets.data() + i * bands);
  for (uint32_t band = 0; band < bands; ++band) {
    uint64_t size = 0;
    for (size_t i = 0; i < segments.size(); ++i) size += buckets[i * bands + band].size;
    if (size <= options.bucket_cap) continue;
    for (size_t i = 0; i < segments.size(); ++i) buckets[i * bands + band] = {};
  }
  std::vector<ArchiveCandidate> candidates;
  const auto keep_best = [&] {
    std::sort(candidates.begin(), candidates.end(), [](const ArchiveCandidate& a, const ArchiveCandidate& b) {
      return a.score != b.score ? a.score > b.score : a.number < b.number;
    });
    if (candidates.size() > options.limit) candidates.resize(options.limit);
  };
  for (uint32_t i = 0; i < segments.size(); ++i) {
    // What the segments before have to offer says what is worth looking for in this one.
    const float least = candidates.empty() || candidates.size() < options.limit ? 0 : candidates.back().score;
    for (const Candidate& candidate :
         segments[i]->index().ScoreArticles(sketch, found[i], std::span(buckets).subspan(i * bands, bands),
                                            total_weight, contents_->dropped[i], least, options, scratch)) {
      candidates.push_back({{i, candidate.article}, candidate.score});
    }
    keep_best();
  }
  return candidates;
}

absl::StatusOr<StoredArticle> Archive::Fetch(ArticleAddress number) const {
  StoreReader::LastBlock last;
  return Fetch(number, last);
}

absl::StatusOr<StoredArticle> Archive::Fetch(ArticleAddress number, StoreReader::LastBlock& last) const {
  if (number.segment >= contents_->segments.size() || number.article >= contents_->segments[number.segment]->size()) {
    return absl::OutOfRangeError(contents_->folder + ": no article " + std::to_string(number.article) + " in segment " +
                                 std::to_string(number.segment));
  }
  return contents_->segments[number.segment]->Fetch(number.article, last);
}

StoreReader::ContentKey Archive::ContentKeyOf(ArticleAddress number) const {
  return contents_->segments[number.segment]->ContentKeyOf(number.article);
}

void Archive::Prefetch(const std::vector<ArchiveCandidate>& candidates) const {
  if (contents_->scattered == Scattered::kNothing) return;
  for (const ArchiveCandidate& candidate : candidates)
    contents_->segments[candidate.number.segment]->Prefetch(candidate.number.article);
}

const SpinDictionary& Archive::spins() const { return contents_->spins; }

std::vector<std::string> Archive::Verify() const {
  std::vector<std::string> problems;
  for (const auto& segment : contents_->segments) {
    for (std::string& problem : segment->Verify()) problems.push_back(std::move(problem));
  }
  return problems;
}

const ArchiveStatistics& Archive::Statistics() const { return contents_->statistics; }

ArchiveStatistics Archive::CountStatistics() const {
  ArchiveStatistics statistics;
  // A sum, so that neither order nor segments matter.
  uint64_t fingerprint = Mix64(contents_->manifest.scheme);
  for (size_t i = 0; i < contents_->segments.size(); ++i) {
    const Segment& segment = *contents_->segments[i];
    const std::vector<uint32_t>& dropped = contents_->dropped[i];
    for (size_t place = 0; place < segment.size(); ++place) {
      const ArticleIdentity identity = segment.Identity(place);
      if (std::binary_search(dropped.begin(), dropped.end(), identity.article)) continue;
      ++statistics.articles;
      statistics.text_bytes += identity.text_bytes;
      fingerprint += identity.Fingerprint();
    }
    const SegmentEntry& entry = contents_->manifest.segments[i];
    statistics.segments.push_back(entry.name);
    statistics.disk_bytes += entry.length;
  }
  std::error_code error;
  const uintmax_t manifest_bytes = std::filesystem::file_size(Manifest::Path(contents_->folder), error);
  if (!error) statistics.disk_bytes += manifest_bytes;
  for (int shift = 60; shift >= 0; shift -= 4) {
    statistics.fingerprint.push_back("0123456789abcdef"[fingerprint >> shift & 15]);
  }
  return statistics;
}

}  // namespace unspin
