#include "unspin/engine/merge_segments.h"

#include <algorithm>
#include <cassert>
#include <memory>
#include <thread>
#include <utility>

#include "unspin/base/doc_id_map.h"
#include "unspin/base/merge_by_key_range.h"
#include "unspin/base/strings.h"
#include "unspin/engine/segment_sections.h"
#include "unspin/format/section_writer.h"
#include "unspin/index/index_layout.h"
#include "unspin/index/index_merger.h"
#include "unspin/io/spool.h"
#include "unspin/store/merge_stores.h"

namespace unspin {
namespace {

using Sink = std::function<void(std::string_view)>;

DocIdMap NumberArticles(std::span<const SegmentToMerge> segments) {
  std::vector<DocIdMap::Source> sources;
  for (const SegmentToMerge& source : segments) sources.push_back({source.segment->size(), source.deleted});
  return DocIdMap(std::move(sources));
}

void ReleasePages(std::span<const SegmentToMerge> segments) {
  for (const SegmentToMerge& source : segments) source.segment->ReleasePages();
}

// A sink that passes bytes on, and releases the pages of all segments every 16 MiB: mapped pages count as memory.
class ReleasingSink {
 public:
  ReleasingSink(std::span<const SegmentToMerge> segments, Sink sink) : segments_(segments), sink_(std::move(sink)) {}

  void operator()(std::string_view bytes) {
    constexpr uint64_t kReleaseInterval = uint64_t{16} << 20;  // bytes
    sink_(bytes);
    bytes_since_release_ += bytes.size();
    if (bytes_since_release_ < kReleaseInterval) return;
    bytes_since_release_ = 0;
    ReleasePages(segments_);
  }

 private:
  std::span<const SegmentToMerge> segments_;
  Sink sink_;
  uint64_t bytes_since_release_ = 0;
};

void MergeIdentities(std::span<const SegmentToMerge> segments, const DocIdMap& numbers, const Sink& sink) {
  struct Row {
    ArticleIdentity identity;
    size_t part = 0;
    bool operator<(const Row& other) const { return identity.Precedes(other.identity); }
  };
  std::vector<size_t> sizes;
  for (const SegmentToMerge& source : segments) sizes.push_back(source.segment->size());
  std::string bytes;
  MergeByKeyRange<Row>(
      sizes, [&](size_t part, size_t row) { return segments[part].segment->Identity(row).id.high; },
      [&](size_t part, size_t row) { return Row{segments[part].segment->Identity(row), part}; },
      [](const Row& row) { return row.identity.id.high; },
      [&](std::vector<Row>& rows) {
        bytes.clear();
        for (Row& row : rows) {
          if (!numbers.Contains(row.part, row.identity.article)) continue;
          row.identity.article = numbers.NewId(row.part, row.identity.article);
          row.identity.AppendTo(bytes);
        }
        sink(bytes);
      });
}

// Temporary files for the arrays of an index, all but the sketches: they are made before the header, which precedes
// them in the file.
absl::StatusOr<IndexArrays<Spool>> MakeSpools(const std::string& path) {
  IndexArrays<Spool> spools;
  const std::pair<Spool*, const char*> named[] = {{&spools.band_keys, "keys"},
                                                  {&spools.band_articles, "articles"},
                                                  {&spools.anchor_hashes, "hashes"},
                                                  {&spools.list_begins, "begins"},
                                                  {&spools.lists, "lists"}};
  for (const auto& [spool, name] : named) {
    absl::StatusOr<Spool> made = Spool::Make(path + ".tmp-" + name);
    if (!made.ok()) return made.status();
    *spool = *std::move(made);
  }
  return spools;
}

// Copies the spool and frees its disk space.
absl::Status AppendSpool(Spool& spool, SectionWriter& writer) {
  constexpr uint64_t kChunk = uint64_t{1} << 20;  // bytes
  if (absl::Status status = spool.Finish(); !status.ok()) return status;
  std::string chunk;
  for (uint64_t offset = 0; offset < spool.size(); offset += chunk.size()) {
    chunk.resize(std::min(spool.size() - offset, kChunk));
    if (absl::Status status = spool.Read(offset, chunk.data(), chunk.size()); !status.ok()) return status;
    writer.Append(chunk);
  }
  spool = Spool();
  return absl::OkStatus();
}

absl::Status AppendIndex(std::span<const SegmentToMerge> segments, const IndexMerger& merger, const std::string& path,
                         SectionWriter& writer) {
  absl::StatusOr<IndexArrays<Spool>> spools = MakeSpools(path);
  if (!spools.ok()) return spools.status();
  const auto to = [&](Spool& spool) {
    return ReleasingSink(segments, [&spool](std::string_view bytes) { spool.Append(bytes); });
  };
  IndexMerger::AnchorSize anchors;
  {
    const std::jthread beside(
        [&] { anchors = merger.MergeAnchors(to(spools->anchor_hashes), to(spools->list_begins), to(spools->lists)); });
    merger.MergeBands(to(spools->band_keys), to(spools->band_articles));
  }
  writer.Append(merger.Header(anchors));
  for (Spool* spool : spools->InFileOrder()) {
    if (spool == &spools->sketches) {
      merger.MergeSketches(ReleasingSink(segments, [&](std::string_view bytes) { writer.Append(bytes); }));
    } else if (absl::Status status = AppendSpool(*spool, writer); !status.ok()) {
      return status;
    }
  }
  return absl::OkStatus();
}

// Whether all segments have run lists. If one lacks them, the merged segment cannot have them either.
bool HaveRunLists(std::span<const SegmentToMerge> segments) {
  return std::all_of(segments.begin(), segments.end(),
                     [](const SegmentToMerge& source) { return source.segment->run_lists() != nullptr; });
}

void AppendRunLists(std::span<const SegmentToMerge> segments, const DocIdMap& numbers, const Sink& sink) {
  std::vector<const RunLists*> lists;
  for (const SegmentToMerge& source : segments) lists.push_back(source.segment->run_lists());
  MergeRunLists(lists, numbers, sink);
}

absl::Status AppendStore(std::span<const SegmentToMerge> segments, const DocIdMap& numbers, const Sink& sink,
                         const std::function<void(uint64_t)>& progress) {
  std::vector<const StoreReader*> stores;
  for (const SegmentToMerge& source : segments) stores.push_back(&source.segment->store());
  StoreMerger merger(std::move(stores), numbers);
  absl::Status status = merger.AppendHead(sink, [&] { ReleasePages(segments); });
  if (status.ok()) status = merger.AppendBlocks(sink, progress);
  if (status.ok()) return status;
  return segments[merger.failed_store()].segment->Damaged(kStore.name, StdView(status.message()));
}

}  // namespace

absl::StatusOr<SegmentEntry> MergeSegments(std::span<const SegmentToMerge> segments, const std::string& folder,
                                           const std::string& name, uint64_t scheme,
                                           const std::function<void(uint64_t)>& progress) {
  const DocIdMap numbers = NumberArticles(segments);
  assert(numbers.size() > 0);
  std::vector<const IndexReader*> indexes;
  for (const SegmentToMerge& source : segments) indexes.push_back(&source.segment->index());
  const IndexMerger index(std::move(indexes), numbers);
  const std::string path = folder + "/" + name;
  absl::StatusOr<std::unique_ptr<SectionWriter>> opened =
      SectionWriter::Open(path, scheme, kSegmentSections - (HaveRunLists(segments) ? 0 : 1));
  if (!opened.ok()) return opened.status();
  SectionWriter& writer = **opened;
  const ReleasingSink sink(segments, [&](std::string_view bytes) { writer.Append(bytes); });

  writer.Begin(kIdentities.name, kIdentities.version);
  MergeIdentities(segments, numbers, sink);
  writer.Begin(kIndex.name, kIndex.version);
  if (absl::Status status = AppendIndex(segments, index, path, writer); !status.ok()) return status;
  writer.Begin(kAnchorCounts.name, kAnchorCounts.version);
  writer.Append(index.AnchorCounts());
  if (HaveRunLists(segments)) {
    writer.Begin(kStandingRuns.name, kStandingRuns.version);
    AppendRunLists(segments, numbers, sink);
  }
  writer.Begin(kStore.name, kStore.version);
  if (absl::Status status = AppendStore(segments, numbers, sink, progress); !status.ok()) return status;
  if (absl::Status status = writer.Finish(); !status.ok()) return status;
  return SegmentEntry{name, writer.length(), writer.checksum(), numbers.size()};
}

}  // namespace unspin
