#include "unspin/engine/dedup_against.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "unspin/base/ordered_pipeline.h"
#include "unspin/engine/archive_reader.h"
#include "unspin/engine/pipeline.h"

namespace unspin {
namespace {

constexpr uint32_t kRangeArticles = 256;  // work of some milliseconds where every text is read

// Neighbouring articles of a segment.
struct Range {
  uint32_t segment = 0, begin = 0, end = 0;
};

struct ArchivedSet {
  std::string id, published;
  uint64_t text_bytes = 0;
  ShingleSet set;
};

struct ReadRange {
  uint32_t articles = 0;
  std::vector<ArchivedSet> sets;
  absl::Status status;
};

// Buffers of one thread.
struct State {
  explicit State(const Engine& engine) : workspace(engine) {}

  Workspace workspace;
  StoreReader::LastBlock last;
};

// Reads the articles of a range.
class RangeReader {
 public:
  RangeReader(const Engine& engine, const ArchiveReader& archive, const Deduplicator& dedup)
      : engine_(engine),
        archive_(archive),
        dedup_(dedup),
        sketches_tell_(dedup.options().measure == Measure::kJaccard &&
                       dedup.options().shingle == SketchScheme::Default().shingle_words) {}

  ReadRange Read(const Range& range, State& state) const {
    ReadRange read{range.end - range.begin, {}, {}};
    for (uint32_t article = range.begin; article < range.end && read.status.ok(); ++article) {
      const ArticleAddress address{range.segment, article};
      if (archive_.IsDeleted(address) || !MayBeKept(address)) continue;
      const absl::StatusOr<StoredArticle> stored = archive_.Fetch(address, state.last);
      if (!stored.ok()) {
        read.status = stored.status();
        continue;
      }
      const Article& text = stored->article;
      read.sets.push_back({text.id, text.published, text.text.size(),
                           engine_.Shingles(text.text, dedup_.options().shingle, state.workspace)});
    }
    return read;
  }

 private:
  bool MayBeKept(ArticleAddress address) const {
    if (!sketches_tell_) return true;
    const Sketch sketch = archive_.SketchOf(address);
    return sketch.empty() || dedup_.MayKeepArchived(sketch);  // texts without shingles are compared by their words
  }

  const Engine& engine_;
  const ArchiveReader& archive_;
  const Deduplicator& dedup_;
  const bool sketches_tell_;
};

}  // namespace

absl::Status AddArchive(const Engine& engine, const Archive& archive, const std::function<void(uint64_t)>& progress,
                        Deduplicator& dedup) {
  if (absl::Status status = dedup.BeginArchived(); !status.ok()) return status;
  const ArchiveReader& reader = archive.reader();
  const RangeReader ranges(engine, reader, dedup);
  Range next;
  const auto produce = [&]() -> std::optional<Range> {
    while (next.segment < reader.segments() && next.end == reader.ArticlesOf(next.segment))
      next = {next.segment + 1, 0, 0};
    if (next.segment == reader.segments()) return std::nullopt;
    next.begin = next.end;
    next.end = std::min(next.begin + kRangeArticles, reader.ArticlesOf(next.segment));
    return next;
  };
  absl::Status status;
  uint64_t done = 0;
  RunOrderedPipeline(
      dedup.options().threads, produce, [&] { return std::make_unique<State>(engine); },
      [&](std::unique_ptr<State>& state, Range range) { return ranges.Read(range, *state); },
      [&](const ReadRange& read) {
        for (const ArchivedSet& article : read.sets)
          dedup.AddArchived(article.id, article.published, article.text_bytes, article.set);
        status = read.status;
        progress(done += read.articles);
        return status.ok();
      });
  return status;
}

}  // namespace unspin
