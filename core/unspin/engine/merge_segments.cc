#include "unspin/engine/merge_segments.h"

#include <algorithm>
#include <memory>
#include <thread>
#include <utility>

#include "unspin/base/doc_id_map.h"
#include "unspin/base/merge_by_key_range.h"
#include "unspin/base/strings.h"
#include "unspin/format/section_writer.h"
#include "unspin/index/merge_indexes.h"
#include "unspin/io/spool.h"
#include "unspin/store/merge_stores.h"

namespace unspin {
namespace {

DocIdMap NumbersOf(std::span<const SegmentToMerge> segments) {
  std::vector<DocIdMap::Source> sources;
  for (const SegmentToMerge& one : segments) sources.push_back({one.segment->size(), one.dropped});
  return DocIdMap(std::move(sources));
}

// Bytes pass through, and every now and then the pages that they came from are let go: mapped files count as memory.
class Releasing {
 public:
  Releasing(std::span<const SegmentToMerge> segments, std::function<void(std::string_view)> sink)
      : segments_(segments), sink_(std::move(sink)) {}

  void operator()(std::string_view bytes) {
    constexpr uint64_t kOften = uint64_t{16} << 20;
    sink_(bytes);
    passed_ += bytes.size();
    if (passed_ < kOften) return;
    passed_ = 0;
    for (const SegmentToMerge& one : segments_) one.segment->ReleasePages();
  }

 private:
  std::span<const SegmentToMerge> segments_;
  std::function<void(std::string_view)> sink_;
  uint64_t passed_ = 0;
};

void MergeIdentities(std::span<const SegmentToMerge> segments, const DocIdMap& numbers,
                     const std::function<void(std::string_view)>& sink) {
  struct Row {
    ArticleIdentity identity;
    size_t part = 0;
    bool operator<(const Row& other) const { return identity.Precedes(other.identity); }
  };
  std::vector<size_t> sizes;
  for (const SegmentToMerge& one : segments) sizes.push_back(one.segment->size());
  std::string bytes;
  MergeByKeyRange<Row>(
      sizes, [&](size_t part, size_t place) { return segments[part].segment->Identity(place).id.high; },
      [&](size_t part, size_t place) { return Row{segments[part].segment->Identity(place), part}; },
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

// What stands behind others in the file is made before them, and waits on disk.
struct IndexSpools {
  Spool keys, articles, hashes, begins, lists;

  static absl::StatusOr<IndexSpools> Make(const std::string& path) {
    std::vector<Spool> spools;
    for (const char* name : {"keys", "articles", "hashes", "begins", "lists"}) {
      absl::StatusOr<Spool> spool = Spool::Make(path + ".tmp-" + name);
      if (!spool.ok()) return spool.status();
      spools.push_back(*std::move(spool));
    }
    return IndexSpools{std::move(spools[0]), std::move(spools[1]), std::move(spools[2]), std::move(spools[3]),
                       std::move(spools[4])};
  }
};

absl::Status AppendSpool(Spool& spool, SectionWriter& writer) {
  if (absl::Status status = spool.Finish(); !status.ok()) return status;
  std::string piece;
  for (uint64_t at = 0; at < spool.size(); at += piece.size()) {
    piece.resize(std::min<uint64_t>(spool.size() - at, uint64_t{1} << 20));
    if (absl::Status status = spool.Read(at, piece.data(), piece.size()); !status.ok()) return status;
    writer.Append(piece);
  }
  spool = Spool();
  return absl::OkStatus();
}

absl::Status AppendIndex(std::span<const SegmentToMerge> segments, const IndexMerger& merger, const std::string& path,
                         SectionWriter& writer) {
  absl::StatusOr<IndexSpools> spools = IndexSpools::Make(path);
  if (!spools.ok()) return spools.status();
  const auto to = [&](Spool& spool) {
    return Releasing(segments, [&spool](std::string_view bytes) { spool.Append(bytes); });
  };
  IndexMerger::AnchorSize anchors;
  {
    const std::jthread beside(
        [&] { anchors = merger.MergeAnchors(to(spools->hashes), to(spools->begins), to(spools->lists)); });
    merger.MergeBands(to(spools->keys), to(spools->articles));
  }
  writer.Append(merger.Header(anchors));
  merger.MergeSketches(Releasing(segments, [&](std::string_view bytes) { writer.Append(bytes); }));
  for (Spool* spool : {&spools->keys, &spools->articles, &spools->hashes, &spools->begins, &spools->lists}) {
    if (absl::Status status = AppendSpool(*spool, writer); !status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<SegmentEntry> MergeSegments(std::span<const SegmentToMerge> segments, const std::string& folder,
                                           const std::string& name, uint64_t scheme,
                                           const std::function<void(uint64_t)>& progress) {
  const DocIdMap numbers = NumbersOf(segments);
  std::vector<const IndexReader*> indexes;
  std::vector<const StoreReader*> stores;
  for (const SegmentToMerge& one : segments) {
    indexes.push_back(&one.segment->index());
    stores.push_back(&one.segment->store());
  }
  const IndexMerger merger(std::move(indexes), numbers);
  const std::string path = folder + "/" + name;
  absl::StatusOr<std::unique_ptr<SectionWriter>> opened = SectionWriter::Open(path, scheme, kSegmentSections);
  if (!opened.ok()) return opened.status();
  SectionWriter& writer = **opened;
  const Releasing write(segments, [&](std::string_view bytes) { writer.Append(bytes); });

  writer.Begin(kIdentities.name, kIdentities.version);
  MergeIdentities(segments, numbers, write);
  writer.Begin(kIndex.name, kIndex.version);
  if (absl::Status status = AppendIndex(segments, merger, path, writer); !status.ok()) return status;
  writer.Begin(kAnchorCounts.name, kAnchorCounts.version);
  writer.Append(merger.AnchorCounts());
  writer.Begin(kStore.name, kStore.version);
  StoreMerger store(std::move(stores), numbers);
  const auto damaged = [&](const absl::Status& status) {
    return segments[store.failed_store()].segment->Damaged(kStore.name, StdView(status.message()));
  };
  const auto release = [&] {
    for (const SegmentToMerge& one : segments) one.segment->ReleasePages();
  };
  if (absl::Status status = store.AppendHead(write, release); !status.ok()) return damaged(status);
  if (absl::Status status = store.AppendBlocks(write, progress); !status.ok()) return damaged(status);
  if (absl::Status status = writer.Finish(); !status.ok()) return status;
  return SegmentEntry{name, writer.length(), writer.checksum(), numbers.size()};
}

}  // namespace unspin
