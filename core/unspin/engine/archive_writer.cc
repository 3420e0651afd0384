#include <algorithm>
#include <cctype>
#include <chrono>
#include <filesystem>
#include <future>
#include <optional>
#include <set>
#include <string_view>
#include <system_error>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "unspin/base/sha256.h"
#include "unspin/base/strings.h"
#include "unspin/engine/archive.h"
#include "unspin/engine/blocked_bloom_filter.h"
#include "unspin/engine/manifest.h"
#include "unspin/engine/merge_segments.h"
#include "unspin/engine/segment.h"
#include "unspin/io/file_error.h"
#include "unspin/io/file_lock.h"

namespace unspin {
namespace {

constexpr std::string_view kSegmentPrefix = "segment-";
constexpr std::string_view kSegmentSuffix = ".unspin";
constexpr std::string_view kTemporaryMark = ".tmp-";

// "segment-DIGITS.unspin", and nothing else: the folder may hold files of its owner's.
bool IsSegmentName(std::string_view name) {
  if (!name.starts_with(kSegmentPrefix) || !name.ends_with(kSegmentSuffix)) return false;
  if (name.size() < kSegmentPrefix.size() + 6 + kSegmentSuffix.size()) return false;
  const std::string_view digits =
      name.substr(kSegmentPrefix.size(), name.size() - kSegmentPrefix.size() - kSegmentSuffix.size());
  return std::all_of(digits.begin(), digits.end(), [](char digit) { return digit >= '0' && digit <= '9'; });
}

bool IsTemporaryName(std::string_view name) {
  const size_t mark = name.find(kTemporaryMark);
  if (mark == std::string_view::npos) return false;
  const std::string_view target = name.substr(0, mark);
  return target == "MANIFEST" || IsSegmentName(target);
}

std::vector<std::string> FileNames(const std::string& folder) {
  std::vector<std::string> names;
  std::error_code error;
  std::filesystem::directory_iterator entries(folder, error);
  for (; !error && entries != std::filesystem::directory_iterator(); entries.increment(error)) {
    names.push_back(entries->path().filename().string());
  }
  return names;
}

// What a writer left that did not live to commit it. A file that cannot be removed takes room and does no other harm.
void RemoveLeftovers(const std::string& folder, const Manifest& manifest) {
  for (const std::string& name : FileNames(folder)) {
    const bool live = std::any_of(manifest.segments.begin(), manifest.segments.end(),
                                  [&name](const SegmentEntry& entry) { return entry.name == name; });
    if (live || !(IsSegmentName(name) || IsTemporaryName(name))) continue;
    std::error_code error;
    std::filesystem::remove(folder + "/" + name, error);
  }
}

absl::StatusOr<Manifest> LoadOrCreate(const std::string& folder, uint64_t scheme) {
  absl::StatusOr<Manifest> manifest = Manifest::Load(folder, scheme);
  if (!absl::IsNotFound(manifest.status())) return manifest;
  for (const std::string& name : FileNames(folder)) {
    // A new archive gets its manifest before its first segment, so this one has lost it.
    if (IsSegmentName(name)) {
      return absl::DataLossError(Manifest::Path(folder) + ": missing, though " + name +
                                 " is there; restore it from a copy, " +
                                 "or index the originals again into a new folder: unspin index INPUT... --archive DIR");
    }
  }
  Manifest empty;
  empty.scheme = scheme;
  if (absl::Status status = empty.Save(folder); !status.ok()) return status;
  return empty;
}

}  // namespace

struct ArchiveWriter::State {
  std::string folder;
  uint64_t segment_bytes = 0;
  bool replace = false;
  std::optional<FileLock> lock;
  Manifest manifest;
  std::vector<std::shared_ptr<const Segment>> segments;
  std::set<ArticleAddress> dropped;  // committed or not
  absl::Status failed;               // the first failure

  TaskQueue alone;
  TaskQueue* tasks = &alone;

  using Identities = absl::flat_hash_map<IdHash, std::vector<ArticleIdentity>>;
  // The open segment.
  SegmentBuilder builder;
  uint64_t text_bytes = 0;
  Identities identities;

  // The full segment that is being written while the next one is open.
  struct Full {
    SegmentBuilder builder;
    uint32_t number = 0;
    Identities identities;
    std::vector<ArticleAddress> dropped;  // when it was full: what came later counts with the next one
    absl::StatusOr<SegmentEntry> entry = absl::UnknownError("not built");
    TaskQueue::TaskHandle built;
    std::future<absl::Status> saved;  // once it is built

    bool done() const {
      return built->done() && (!entry.ok() || saved.wait_for(std::chrono::seconds(0)) == std::future_status::ready);
    }
  };
  std::unique_ptr<Full> full;

  BlockedBloomFilter ids;  // of all segments
  size_t filtered_ids = 0;

  struct Version {
    ArticleAddress number;
    ArticleIdentity identity;
  };
  std::vector<Version> FindVersions(IdHash id);
  bool found_last = false;  // whether it found one that is written
  absl::StatusOr<Added> Add(const Article& article, const std::string& sha256, const Sketch& sketch,
                            const Anchors& anchors);
  absl::Status OpenSegment(const SegmentEntry& entry);
  void FilterIds();
  void StartWriting();
  absl::Status FinishWriting();
  absl::Status Commit();
  absl::Status SaveManifest(Manifest next);
  absl::StatusOr<bool> Remove(std::string_view id);
  absl::StatusOr<Merged> Merge(uint64_t largest, const Rewritten& progress);
};

std::vector<ArchiveWriter::State::Version> ArchiveWriter::State::FindVersions(IdHash id) {
  // Few ids of new articles pass the filter, and nobody asks soon for the pages they were looked for in, which count as
  // memory: on Linux 6.18 a search maps nearly all of a segment's ids. Of known articles every id asks for them again.
  constexpr uint32_t kHeld = 16;  // segments
  std::vector<Version> versions;
  if (ids.MayContain(id)) {
    uint32_t released = 0;
    const auto release_up_to = [&](uint32_t end) {
      for (; released < end; ++released) segments[released]->ReleasePages();
    };
    for (uint32_t i = 0; i < segments.size(); ++i) {
      for (const ArticleIdentity& identity : segments[i]->FindVersions(id))
        versions.push_back({{i, identity.article}, identity});
      if (!found_last && versions.empty() && i + 1 - released == kHeld) release_up_to(i + 1);
    }
    found_last = !versions.empty();
    if (!found_last) release_up_to(static_cast<uint32_t>(segments.size()));
  }
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
                                                               const Sketch& sketch, const Anchors& anchors) {
  if (full != nullptr && full->done()) {
    if (absl::Status status = FinishWriting(); !status.ok()) return status;
  }
  ArticleIdentity identity =
      ArticleIdentity::Of(article.id, article.text.size(), sha256, 1, static_cast<uint32_t>(builder.size()));
  bool known = false, unchanged = false;
  std::vector<ArticleAddress> others;
  for (const Version& version : FindVersions(identity.id)) {
    known = true;
    identity.version = std::max(identity.version, version.identity.version + 1);
    if (dropped.contains(version.number)) continue;
    if (version.identity.text == identity.text) {
      unchanged = true;
    } else {
      others.push_back(version.number);
    }
  }
  if (!unchanged) {
    if (absl::Status status = builder.Add(article, identity, sha256, sketch, anchors); !status.ok()) {
      return absl::Status(status.code(), AbslView(article.id + ": " + std::string(StdView(status.message()))));
    }
    identities[identity.id].push_back(identity);
    text_bytes += article.text.size();
  }
  if (replace) dropped.insert(others.begin(), others.end());
  if (text_bytes >= segment_bytes && builder.size() > 0) {
    if (absl::Status status = FinishWriting(); !status.ok()) return status;
    StartWriting();
    if (tasks == &alone) {
      if (absl::Status status = FinishWriting(); !status.ok()) return status;
    }
  }
  return unchanged ? Added::kUnchanged : known ? Added::kNewVersion : Added::kNew;
}

absl::Status ArchiveWriter::State::OpenSegment(const SegmentEntry& entry) {
  absl::StatusOr<std::shared_ptr<const Segment>> segment = Segment::Open(folder, entry, manifest.scheme);
  if (!segment.ok()) return segment.status();
  segments.push_back(*std::move(segment));
  FilterIds();
  // From now on an id is looked up here and there: large pages would soon be all of it.
  segments.back()->ReadsAreScattered();
  return absl::OkStatus();
}

// Adds the last segment's ids; all of them anew where there is no room.
void ArchiveWriter::State::FilterIds() {
  size_t first = segments.size() - 1;
  if (filtered_ids + segments.back()->size() > ids.capacity()) {
    size_t held = 0;
    for (const auto& segment : segments) held += segment->size();
    ids = BlockedBloomFilter(2 * held);
    filtered_ids = first = 0;
  }
  for (; first < segments.size(); ++first) {
    filtered_ids += segments[first]->size();
    for (size_t place = 0; place < segments[first]->size(); ++place) ids.Add(segments[first]->Identity(place).id);
    segments[first]->ReleasePages();
  }
}

absl::StatusOr<bool> ArchiveWriter::State::Remove(std::string_view id) {
  bool held = false;
  for (const Version& version : FindVersions(HashId(id))) held |= dropped.insert(version.number).second;
  return held;
}

absl::StatusOr<ArchiveWriter::Merged> ArchiveWriter::State::Merge(uint64_t largest, const Rewritten& progress) {
  if (absl::Status status = Commit(); !status.ok()) return status;
  for (const auto& segment : segments) segment->ReadsAreMany();
  // Runs of neighbours, so that articles keep their order: of equal candidates the older comes first.
  struct Group {
    uint32_t begin = 0, end = 0;
    bool rewritten = false;
  };
  std::vector<Group> groups;
  uint64_t group_bytes = 0;
  for (uint32_t i = 0; i < segments.size(); ++i) {
    uint64_t live_bytes = 0;
    bool drops = false;
    for (size_t place = 0; place < segments[i]->size(); ++place) {
      const ArticleIdentity identity = segments[i]->Identity(place);
      if (dropped.contains({i, identity.article})) {
        drops = true;
      } else {
        live_bytes += identity.text_bytes;
      }
    }
    if (!groups.empty() && group_bytes + live_bytes <= largest) {
      groups.back().end = i + 1;
      groups.back().rewritten = true;
      group_bytes += live_bytes;
    } else {
      groups.push_back({i, i + 1, drops});
      group_bytes = live_bytes;
    }
  }
  Merged merged;
  merged.segments_before = segments.size();
  Manifest next = manifest;
  next.segments.clear();
  next.dropped.clear();
  std::vector<std::shared_ptr<const Segment>> opened;
  for (const Group& group : groups) {
    if (!group.rewritten) {
      next.segments.push_back(manifest.segments[group.begin]);
      opened.push_back(segments[group.begin]);
      continue;
    }
    std::vector<SegmentToMerge> joined;
    uint64_t left = 0;
    for (uint32_t i = group.begin; i < group.end; ++i) {
      SegmentToMerge& one = joined.emplace_back();
      one.segment = segments[i].get();
      for (auto number = dropped.lower_bound({i, 0}); number != dropped.end() && number->segment == i; ++number)
        one.dropped.push_back(number->article);
      merged.dropped += one.dropped.size();
      left += one.segment->size() - one.dropped.size();
    }
    if (left == 0) continue;
    absl::StatusOr<SegmentEntry> entry =
        MergeSegments(joined, folder, SegmentName(next.next_segment++), manifest.scheme,
                      [&](uint64_t done) { progress(merged.articles + done); });
    if (!entry.ok()) return entry.status();
    // What cannot be opened must not take the place of what can.
    absl::StatusOr<std::shared_ptr<const Segment>> segment = Segment::Open(folder, *entry, manifest.scheme);
    if (!segment.ok()) return segment.status();
    opened.push_back(*std::move(segment));
    merged.articles += entry->articles;
    next.segments.push_back(*std::move(entry));
  }
  merged.segments_after = next.segments.size();
  if (next.segments == manifest.segments) return merged;
  if (absl::Status status = next.Save(folder); !status.ok()) return status;
  manifest = std::move(next);
  dropped.clear();
  segments = std::move(opened);  // with no id that the filter lacks
  RemoveLeftovers(folder, manifest);
  return merged;
}

void ArchiveWriter::State::StartWriting() {
  full = std::make_unique<Full>(std::exchange(builder, SegmentBuilder(tasks)), manifest.next_segment,
                                std::exchange(identities, {}),
                                std::vector<ArticleAddress>(dropped.begin(), dropped.end()));
  text_bytes = 0;
  full->built = tasks->Submit([this, of = full.get()] {
    of->entry = of->builder.Build(SegmentName(of->number), manifest.scheme);
    if (!of->entry.ok()) return;
    // A thread that waits for the disk should not be one of those that have something to do.
    of->saved = std::async(std::launch::async | std::launch::deferred, [this, of] {
      const absl::Status status = of->builder.Save(folder);
      of->builder = SegmentBuilder();
      return status;
    });
  });
}

// From here on the manifest names the segment that was being written, if one was.
absl::Status ArchiveWriter::State::FinishWriting() {
  if (full == nullptr) return absl::OkStatus();
  tasks->Wait(full->built);
  const std::unique_ptr<Full> written = std::move(full);
  if (!written->entry.ok()) return written->entry.status();
  if (absl::Status status = written->saved.get(); !status.ok()) return status;
  Manifest next = manifest;
  next.dropped = std::move(written->dropped);
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
  next.dropped.assign(dropped.begin(), dropped.end());
  return next.dropped == manifest.dropped ? absl::OkStatus() : SaveManifest(std::move(next));
}

absl::Status ArchiveWriter::State::SaveManifest(Manifest next) {
  if (absl::Status status = next.Save(folder); !status.ok()) {
    // A failure may come after the new manifest is in place (flushing the folder): only the disk knows which one holds.
    if (const auto held = Manifest::Load(folder, manifest.scheme); held.ok()) RemoveLeftovers(folder, *held);
    return status;
  }
  manifest = std::move(next);
  return absl::OkStatus();
}

ArchiveWriter::ArchiveWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
ArchiveWriter::~ArchiveWriter() {
  // Nobody is left to be told of a failure: what the manifest does not name is as if it had never been added.
  state_->FinishWriting().IgnoreError();
}

absl::StatusOr<std::unique_ptr<ArchiveWriter>> ArchiveWriter::Open(const std::string& folder, uint64_t segment_bytes,
                                                                   bool replace, TaskQueue* tasks) {
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
  absl::StatusOr<Manifest> manifest = LoadOrCreate(folder, SketchScheme::Default().Fingerprint());
  if (!manifest.ok()) return manifest.status();
  state->manifest = *std::move(manifest);
  for (const SegmentEntry& entry : state->manifest.segments) {
    if (absl::Status status = state->OpenSegment(entry); !status.ok()) return status;
  }
  state->dropped.insert(state->manifest.dropped.begin(), state->manifest.dropped.end());
  RemoveLeftovers(folder, state->manifest);
  return std::unique_ptr<ArchiveWriter>(new ArchiveWriter(std::move(state)));
}

absl::StatusOr<ArchiveWriter::Added> ArchiveWriter::Add(const Article& article, const Sketch& sketch,
                                                        const Anchors& anchors) {
  return Add(article, Sha256Hex(article.text), sketch, anchors);
}

absl::StatusOr<ArchiveWriter::Added> ArchiveWriter::Add(const Article& article, const std::string& sha256,
                                                        const Sketch& sketch, const Anchors& anchors) {
  if (!state_->failed.ok()) return state_->failed;
  absl::StatusOr<Added> added = state_->Add(article, sha256, sketch, anchors);
  if (!added.ok()) state_->failed = added.status();
  return added;
}

absl::StatusOr<bool> ArchiveWriter::Remove(std::string_view id) {
  if (!state_->failed.ok()) return state_->failed;
  return state_->Remove(id);
}

absl::StatusOr<ArchiveWriter::Merged> ArchiveWriter::Merge(uint64_t segment_bytes, const Rewritten& progress) {
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
  const absl::StatusOr<SpinDictionary> now = SpinDictionary::Load(path);
  if (!now.ok()) return now.status();
  if (!(*now == before)) {
    return absl::AbortedError(path +
                              ": another process has learnt meanwhile; what this run learnt was not saved, run it "
                              "again");
  }
  return before == after ? absl::OkStatus() : after.Save(path);
}

}  // namespace unspin
