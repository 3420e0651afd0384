#include "unspin/engine/archive_writer.h"

#include <algorithm>
#include <cassert>
#include <chrono>
#include <filesystem>
#include <future>
#include <optional>
#include <set>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "unspin/base/blocked_bloom_filter.h"
#include "unspin/base/sha256.h"
#include "unspin/base/strings.h"
#include "unspin/base/task_queue.h"
#include "unspin/engine/archive.h"
#include "unspin/engine/archive_folder.h"
#include "unspin/engine/manifest.h"
#include "unspin/engine/merge_segments.h"
#include "unspin/engine/segment.h"
#include "unspin/engine/segment_builder.h"
#include "unspin/io/file_error.h"
#include "unspin/io/file_lock.h"
#include "unspin/io/write_file.h"
#include "unspin/spins/spin_dictionary.h"

namespace unspin {

struct ArchiveWriter::State {
  std::string folder;
  uint64_t segment_bytes = 0;
  bool replace = false;
  std::optional<FileLock> lock;
  Manifest manifest;
  std::vector<std::shared_ptr<const Segment>> segments;
  std::set<ArticleAddress> deleted;  // committed or not
  absl::Status failed;               // the first failure

  TaskQueue alone;
  TaskQueue* tasks = &alone;

  using Identities = absl::flat_hash_map<IdHash, std::vector<ArticleIdentity>>;
  // The open segment, which articles are added to.
  SegmentBuilder builder;
  uint64_t text_bytes = 0;
  Identities identities;
  std::vector<Place> places;  // of its articles

  // A full segment, written in the background while the next one is open.
  struct FullSegment {
    SegmentBuilder builder;
    uint32_t number = 0;
    Identities identities;
    std::vector<Place> places;
    std::vector<ArticleAddress> deleted;  // when it was full: later ones are committed with the next segment
    absl::StatusOr<SegmentEntry> entry = absl::UnknownError("not built");
    TaskQueue::TaskHandle built;
    std::future<absl::Status> saved;  // valid once it is built

    bool done() const {
      return built->done() && (!entry.ok() || saved.wait_for(std::chrono::seconds(0)) == std::future_status::ready);
    }
  };
  std::unique_ptr<FullSegment> full;

  BlockedBloomFilter filter;  // of the ids of all segments
  size_t filtered_ids = 0;

  struct Version {
    ArticleAddress address;
    ArticleIdentity identity;
  };
  std::vector<Version> FindVersions(IdHash id);
  std::vector<Version> FindWrittenVersions(IdHash id);
  bool last_id_was_written = false;  // whether the last FindWrittenVersions found any

  uint32_t segments_at_open = 0;
  std::optional<Place> earlier_text;
  absl::StatusOr<Place> PlaceOf(ArticleAddress address) const;

  // The upper half of the hash of each text that the archive had when it was opened, ascending; made when asked for.
  using TextRow = std::pair<uint64_t, ArticleAddress>;
  std::optional<std::vector<TextRow>> texts_at_open;
  absl::flat_hash_map<uint64_t, std::vector<Place>> files;  // added since, by the same half
  void ListTextsAtOpen();
  absl::StatusOr<std::vector<Place>> FindEqualTexts(const std::string& sha256);

  absl::StatusOr<Added> Add(const Article& article, const std::string& sha256, const ArticleFingerprints& fingerprints);
  absl::StatusOr<bool> Remove(std::string_view id);

  absl::Status OpenSegment(const SegmentEntry& entry);
  void FilterIdsOfLastSegment();
  void StartWriting();
  absl::Status FinishWriting();
  absl::Status Commit();
  absl::Status SaveManifest(Manifest next);

  // Segments [begin, end), of which Merge makes one.
  struct Group {
    uint32_t begin = 0, end = 0;
    bool rewritten = false;
  };
  // The archive after a merge, not yet committed.
  struct MergedArchive {
    Manifest manifest;
    std::vector<std::shared_ptr<const Segment>> segments;
    Merged statistics;
  };
  std::vector<Group> GroupSegments(uint64_t max_bytes) const;
  absl::Status RewriteGroup(const Group& group, const Progress& progress, MergedArchive& merged) const;
  absl::StatusOr<Merged> Merge(uint64_t max_bytes, const Progress& progress);
};

// The versions of an id in segments that are written.
std::vector<ArchiveWriter::State::Version> ArchiveWriter::State::FindWrittenVersions(IdHash id) {
  std::vector<Version> versions;
  if (!filter.MayContain(id.high, id.low)) return versions;
  // An id that is not found leaves pages mapped that no later query needs soon, and mapped pages count as memory: on
  // Linux 6.18 a search maps nearly all ids of a segment. They are released every kMaxMapped segments: 486 MB instead
  // of 972 to 1,018 MB at ten million articles. While ids are found, the next ones are too, and the pages stay.
  constexpr uint32_t kMaxMapped = 16;  // segments
  uint32_t released = 0;
  const auto release_up_to = [&](uint32_t end) {
    for (; released < end; ++released) segments[released]->ReleasePages();
  };
  for (uint32_t i = 0; i < segments.size(); ++i) {
    for (const ArticleIdentity& identity : segments[i]->FindVersions(id))
      versions.push_back({{i, identity.article}, identity});
    if (!last_id_was_written && versions.empty() && i + 1 - released == kMaxMapped) release_up_to(i + 1);
  }
  last_id_was_written = !versions.empty();
  if (!last_id_was_written) release_up_to(static_cast<uint32_t>(segments.size()));
  return versions;
}

std::vector<ArchiveWriter::State::Version> ArchiveWriter::State::FindVersions(IdHash id) {
  std::vector<Version> versions = FindWrittenVersions(id);
  auto segment = static_cast<uint32_t>(segments.size());
  const auto append = [&](const Identities& unwritten) {
    if (const auto found = unwritten.find(id); found != unwritten.end()) {
      for (const ArticleIdentity& identity : found->second) versions.push_back({{segment, identity.article}, identity});
    }
    ++segment;
  };
  if (full != nullptr) append(full->identities);
  append(identities);
  return versions;
}

absl::StatusOr<ArchiveWriter::Added> ArchiveWriter::State::Add(const Article& article, const std::string& sha256,
                                                               const ArticleFingerprints& fingerprints) {
  if (full != nullptr && full->done()) {
    if (absl::Status status = FinishWriting(); !status.ok()) return status;
  }
  ArticleIdentity identity =
      ArticleIdentity::Of(article.id, article.text.size(), sha256, 1, static_cast<uint32_t>(builder.size()));
  bool known = false, unchanged = false;
  std::vector<ArticleAddress> others, others_of_run;
  for (const Version& version : FindVersions(identity.id)) {
    known = true;
    identity.version = std::max(identity.version, version.identity.version + 1);
    if (version.address.segment >= segments_at_open && version.identity.text != identity.text)
      others_of_run.push_back(version.address);
    if (deleted.contains(version.address)) continue;
    if (version.identity.text == identity.text) {
      unchanged = true;
    } else {
      others.push_back(version.address);
    }
  }
  earlier_text.reset();
  if (!unchanged && others_of_run.size() == 1) {
    absl::StatusOr<Place> place = PlaceOf(others_of_run.front());
    if (!place.ok()) return place.status();
    earlier_text = *std::move(place);
  }
  if (!unchanged) {
    if (absl::Status status = builder.Add(article, identity, sha256, fingerprints); !status.ok()) {
      return absl::Status(status.code(), AbslView(article.id + ": " + std::string(StdView(status.message()))));
    }
    identities[identity.id].push_back(identity);
    places.push_back({article.id, article.path, article.record});
    if (!article.record) files[identity.text.high].push_back(places.back());
    text_bytes += article.text.size();
  }
  if (replace) deleted.insert(others.begin(), others.end());
  if (text_bytes >= segment_bytes && builder.size() > 0) {
    if (absl::Status status = FinishWriting(); !status.ok()) return status;
    StartWriting();
    if (tasks == &alone) {
      if (absl::Status status = FinishWriting(); !status.ok()) return status;
    }
  }
  return unchanged ? Added::kUnchanged : known ? Added::kNewVersion : Added::kNew;
}

absl::StatusOr<ArchiveWriter::Place> ArchiveWriter::State::PlaceOf(ArticleAddress address) const {
  if (address.segment < segments.size()) {
    StoreReader::LastBlock last;
    absl::StatusOr<StoredArticle> stored = segments[address.segment]->Fetch(address.article, last);
    if (!stored.ok()) return stored.status();
    return Place{std::move(stored->article.id), std::move(stored->article.path), stored->article.record};
  }
  const bool is_full = full != nullptr && address.segment == segments.size();
  return (is_full ? full->places : places)[address.article];
}

void ArchiveWriter::State::ListTextsAtOpen() {
  texts_at_open.emplace();
  for (uint32_t i = 0; i < segments_at_open; ++i) {
    for (size_t row = 0; row < segments[i]->size(); ++row) {
      const ArticleIdentity identity = segments[i]->Identity(row);
      texts_at_open->emplace_back(identity.text.high, ArticleAddress{i, identity.article});
    }
    segments[i]->ReleasePages();
  }
  std::sort(texts_at_open->begin(), texts_at_open->end());
}

absl::StatusOr<std::vector<ArchiveWriter::Place>> ArchiveWriter::State::FindEqualTexts(const std::string& sha256) {
  if (!texts_at_open) ListTextsAtOpen();
  const uint64_t text = ArticleIdentity::Of("", 0, sha256, 1, 0).text.high;
  std::vector<Place> found;
  auto row = std::lower_bound(texts_at_open->begin(), texts_at_open->end(), TextRow(text, ArticleAddress{}));
  for (; row != texts_at_open->end() && row->first == text && found.size() < kMaxEqualTexts; ++row) {
    if (deleted.contains(row->second)) continue;
    absl::StatusOr<Place> place = PlaceOf(row->second);
    if (!place.ok()) return place.status();
    found.push_back(*std::move(place));
  }
  if (const auto added = files.find(text); added != files.end()) {
    for (const Place& place : added->second) {
      if (found.size() < kMaxEqualTexts) found.push_back(place);
    }
  }
  return found;
}

absl::Status ArchiveWriter::State::OpenSegment(const SegmentEntry& entry) {
  absl::StatusOr<std::shared_ptr<const Segment>> segment = Segment::Open(folder, entry, manifest.scheme);
  if (!segment.ok()) return segment.status();
  segments.push_back(*std::move(segment));
  FilterIdsOfLastSegment();
  // From now on single ids are looked up. With huge pages they would soon map all of the segment.
  segments.back()->Apply({PagePolicy::kRandom, PagePolicy::kRandom});
  return absl::OkStatus();
}

// Where the filter has no room for them, makes a filter of twice the size and adds the ids of all segments.
void ArchiveWriter::State::FilterIdsOfLastSegment() {
  size_t first = segments.size() - 1;
  if (filtered_ids + segments.back()->size() > filter.capacity()) {
    size_t ids = 0;
    for (const auto& segment : segments) ids += segment->size();
    filter = BlockedBloomFilter(2 * ids);
    filtered_ids = first = 0;
  }
  for (; first < segments.size(); ++first) {
    filtered_ids += segments[first]->size();
    for (size_t row = 0; row < segments[first]->size(); ++row) {
      const IdHash id = segments[first]->Identity(row).id;
      filter.Add(id.high, id.low);
    }
    segments[first]->ReleasePages();
  }
}

absl::StatusOr<bool> ArchiveWriter::State::Remove(std::string_view id) {
  bool any = false;
  for (const Version& version : FindVersions(HashId(id))) any |= deleted.insert(version.address).second;
  return any;
}

// Groups of neighbours, so that articles keep their order: of candidates with equal scores the older one comes first.
std::vector<ArchiveWriter::State::Group> ArchiveWriter::State::GroupSegments(uint64_t max_bytes) const {
  std::vector<Group> groups;
  uint64_t group_bytes = 0;
  for (uint32_t i = 0; i < segments.size(); ++i) {
    uint64_t live_bytes = 0;
    bool has_deleted = false;
    for (size_t row = 0; row < segments[i]->size(); ++row) {
      const ArticleIdentity identity = segments[i]->Identity(row);
      if (deleted.contains({i, identity.article})) {
        has_deleted = true;
      } else {
        live_bytes += identity.text_bytes;
      }
    }
    if (!groups.empty() && group_bytes + live_bytes <= max_bytes) {
      groups.back().end = i + 1;
      groups.back().rewritten = true;
      group_bytes += live_bytes;
    } else {
      groups.push_back({i, i + 1, has_deleted});
      group_bytes = live_bytes;
    }
  }
  return groups;
}

// Writes the segment of a group and opens it; no segment where all articles are deleted.
absl::Status ArchiveWriter::State::RewriteGroup(const Group& group, const Progress& progress,
                                                MergedArchive& merged) const {
  std::vector<SegmentToMerge> sources;
  uint64_t live = 0;
  for (uint32_t i = group.begin; i < group.end; ++i) {
    SegmentToMerge& source = sources.emplace_back();
    source.segment = segments[i].get();
    for (auto address = deleted.lower_bound({i, 0}); address != deleted.end() && address->segment == i; ++address)
      source.deleted.push_back(address->article);
    merged.statistics.deleted += source.deleted.size();
    live += source.segment->size() - source.deleted.size();
  }
  if (live == 0) return absl::OkStatus();
  absl::StatusOr<SegmentEntry> entry =
      MergeSegments(sources, folder, SegmentName(merged.manifest.next_segment++), manifest.scheme,
                    [&](uint64_t done) { progress(merged.statistics.articles + done); });
  if (!entry.ok()) return entry.status();
  // Opened before the manifest names it: a segment that cannot be read must not replace those that can.
  absl::StatusOr<std::shared_ptr<const Segment>> segment = Segment::Open(folder, *entry, manifest.scheme);
  if (!segment.ok()) return segment.status();
  merged.segments.push_back(*std::move(segment));
  merged.statistics.articles += entry->articles;
  merged.manifest.segments.push_back(*std::move(entry));
  return absl::OkStatus();
}

absl::StatusOr<ArchiveWriter::Merged> ArchiveWriter::State::Merge(uint64_t max_bytes, const Progress& progress) {
  if (absl::Status status = Commit(); !status.ok()) return status;
  for (const auto& segment : segments) segment->Apply({PagePolicy::kHugePages, PagePolicy::kHugePages});
  MergedArchive merged;
  merged.manifest.scheme = manifest.scheme;
  merged.manifest.next_segment = manifest.next_segment;
  merged.statistics.segments_before = segments.size();
  for (const Group& group : GroupSegments(max_bytes)) {
    if (group.rewritten) {
      if (absl::Status status = RewriteGroup(group, progress, merged); !status.ok()) return status;
    } else {
      merged.manifest.segments.push_back(manifest.segments[group.begin]);
      merged.segments.push_back(segments[group.begin]);
    }
  }
  merged.statistics.segments_after = merged.manifest.segments.size();
  if (merged.manifest.segments == manifest.segments) return merged.statistics;
  if (absl::Status status = merged.manifest.Save(folder); !status.ok()) return status;
  manifest = std::move(merged.manifest);
  segments = std::move(merged.segments);  // the filter already has all of their ids
  deleted.clear();
  RemoveLeftovers(folder, manifest);
  return merged.statistics;
}

void ArchiveWriter::State::StartWriting() {
  assert(full == nullptr);
  full = std::make_unique<FullSegment>(std::exchange(builder, SegmentBuilder(tasks)), manifest.next_segment,
                                       std::exchange(identities, {}), std::exchange(places, {}),
                                       std::vector<ArticleAddress>(deleted.begin(), deleted.end()));
  text_bytes = 0;
  full->built = tasks->Submit([this, segment = full.get()] {
    segment->entry = segment->builder.Build(SegmentName(segment->number), manifest.scheme);
    if (!segment->entry.ok()) return;
    // On a thread of its own, which mostly waits for the disk: the threads of `tasks` have work to do (decision 25).
    segment->saved = std::async(std::launch::async | std::launch::deferred, [this, segment] {
      const absl::Status status = segment->builder.Save(folder);
      segment->builder = SegmentBuilder();
      return status;
    });
  });
}

// Waits for the segment that is being written, if there is one, and commits it.
absl::Status ArchiveWriter::State::FinishWriting() {
  if (full == nullptr) return absl::OkStatus();
  tasks->Wait(full->built);
  const std::unique_ptr<FullSegment> written = std::move(full);
  if (!written->entry.ok()) return written->entry.status();
  if (absl::Status status = written->saved.get(); !status.ok()) return status;
  Manifest next = manifest;
  next.deleted = std::move(written->deleted);
  next.next_segment = written->number + 1;
  next.segments.push_back(*std::move(written->entry));
  if (absl::Status status = SaveManifest(std::move(next)); !status.ok()) return status;
  return OpenSegment(manifest.segments.back());
}

absl::Status ArchiveWriter::State::Commit() {
  if (absl::Status status = FinishWriting(); !status.ok()) return status;
  if (builder.size() > 0) {
    StartWriting();
    return FinishWriting();
  }
  Manifest next = manifest;
  next.deleted.assign(deleted.begin(), deleted.end());
  return next.deleted == manifest.deleted ? absl::OkStatus() : SaveManifest(std::move(next));
}

absl::Status ArchiveWriter::State::SaveManifest(Manifest next) {
  if (absl::Status status = next.Save(folder); !status.ok()) {
    // Saving may fail after the new manifest is in place (when the folder is flushed): the disk says which one is
    // valid.
    if (const auto valid = Manifest::Load(folder, manifest.scheme); valid.ok()) RemoveLeftovers(folder, *valid);
    return status;
  }
  manifest = std::move(next);
  return absl::OkStatus();
}

ArchiveWriter::ArchiveWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
ArchiveWriter::~ArchiveWriter() {
  // A destructor cannot report a failure: articles that the manifest does not name were never added.
  state_->FinishWriting().IgnoreError();
}

absl::StatusOr<std::unique_ptr<ArchiveWriter>> ArchiveWriter::Open(const std::string& folder, uint64_t segment_bytes,
                                                                   bool replace, TaskQueue* tasks) {
  if (absl::Status status = RefuseForeignFolder(folder); !status.ok()) return status;
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return FileError(folder, "cannot create the folder", error.value());
  absl::StatusOr<FileLock> lock = LockFile(folder + "/LOCK");
  if (!lock.ok()) return lock.status();
  auto state = std::make_unique<State>();
  state->folder = folder;
  state->segment_bytes = segment_bytes;
  state->replace = replace;
  state->lock = *std::move(lock);
  if (tasks != nullptr) state->tasks = tasks;
  state->builder = SegmentBuilder(state->tasks);
  absl::StatusOr<Manifest> manifest = LoadOrCreateManifest(folder, SketchScheme::Default().Fingerprint());
  if (!manifest.ok()) return manifest.status();
  state->manifest = *std::move(manifest);
  for (const SegmentEntry& entry : state->manifest.segments) {
    if (absl::Status status = state->OpenSegment(entry); !status.ok()) return status;
  }
  state->segments_at_open = static_cast<uint32_t>(state->segments.size());
  state->deleted.insert(state->manifest.deleted.begin(), state->manifest.deleted.end());
  RemoveLeftovers(folder, state->manifest);
  return std::unique_ptr<ArchiveWriter>(new ArchiveWriter(std::move(state)));
}

absl::StatusOr<ArchiveWriter::Added> ArchiveWriter::Add(const Article& article,
                                                        const ArticleFingerprints& fingerprints) {
  return Add(article, Sha256Hex(article.text), fingerprints);
}

absl::StatusOr<ArchiveWriter::Added> ArchiveWriter::Add(const Article& article, const std::string& sha256,
                                                        const ArticleFingerprints& fingerprints) {
  if (!state_->failed.ok()) return state_->failed;
  absl::StatusOr<Added> added = state_->Add(article, sha256, fingerprints);
  if (!added.ok()) state_->failed = added.status();
  return added;
}

const std::optional<ArchiveWriter::Place>& ArchiveWriter::earlier_text() const { return state_->earlier_text; }

bool ArchiveWriter::Holds(std::string_view id) const {
  const auto versions = state_->FindVersions(HashId(id));
  return std::any_of(versions.begin(), versions.end(),
                     [&](const auto& version) { return !state_->deleted.contains(version.address); });
}

absl::StatusOr<std::vector<ArchiveWriter::Place>> ArchiveWriter::FindEqualTexts(const std::string& sha256) {
  if (!state_->failed.ok()) return state_->failed;
  return state_->FindEqualTexts(sha256);
}

absl::StatusOr<bool> ArchiveWriter::Remove(std::string_view id) {
  if (!state_->failed.ok()) return state_->failed;
  return state_->Remove(id);
}

absl::StatusOr<ArchiveWriter::Merged> ArchiveWriter::Merge(uint64_t segment_bytes, const Progress& progress) {
  if (!state_->failed.ok()) return state_->failed;
  absl::StatusOr<Merged> merged = state_->Merge(segment_bytes, progress);
  if (!merged.ok()) state_->failed = merged.status();
  return merged;
}

absl::Status ArchiveWriter::Finish() {
  if (state_->failed.ok()) state_->failed = state_->Commit();
  return state_->failed;
}

absl::Status ArchiveWriter::SaveSpins(const SpinDictionary& before, const SpinDictionary& after) {
  const std::string path = Archive::SpinsPath(state_->folder);
  const absl::StatusOr<SpinDictionary> current = SpinDictionary::Load(path);
  if (!current.ok()) return current.status();
  if (!(*current == before)) {
    return absl::AbortedError(path +
                              ": another process has learnt meanwhile; what this run learnt was not saved, run it "
                              "again");
  }
  return before == after ? absl::OkStatus() : after.Save(path);
}

}  // namespace unspin
