// Adds articles to an archive, removes them, and merges its segments.
//
//   auto writer = unspin::ArchiveWriter::Open("news.archive");
//   const auto added = (*writer)->Add(article, engine.Fingerprints(article, workspace));
//   const absl::Status status = (*writer)->Finish();
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace unspin {

struct Article;
struct ArticleFingerprints;  // engine/pipeline.h
class SpinDictionary;
class TaskQueue;

// One writer at a time, over all processes (a lock file). Articles become visible to readers, and safe against a crash,
// when their segment is committed: after every `segment_bytes` of text and at Finish(). Not safe to share between
// threads.
class ArchiveWriter {
 public:
  enum class Added { kNew, kNewVersion, kUnchanged };

  // Creates the folder where there is none. Fails where another writer holds the lock or the archive is damaged. If
  // `tasks` is given, it outlives the writer: its threads compress, sort and write a full segment while articles are
  // added to the next one. Without it a segment is written before Add returns.
  static absl::StatusOr<std::unique_ptr<ArchiveWriter>> Open(const std::string& folder,
                                                             uint64_t segment_bytes = uint64_t{256} << 20,
                                                             bool replace = false, TaskQueue* tasks = nullptr);
  // Commits the segment that is being written; articles added since are lost.
  ~ArchiveWriter();

  // An id with a text that it has already changes nothing; with another text it becomes the next version. With
  // `replace`, the other versions of the id are deleted at the next commit. After a failure every call fails; what was
  // committed before stays.
  absl::StatusOr<Added> Add(const Article& article, const ArticleFingerprints& fingerprints);
  // The same where the SHA-256 of the text, in lower-case hexadecimal, is known.
  absl::StatusOr<Added> Add(const Article& article, const std::string& sha256, const ArticleFingerprints& fingerprints);
  // Commits the articles added so far; more may be added afterwards.
  absl::Status Finish();

  // An article by its name and the place that it was read from.
  struct Place {
    std::string id, path;
    std::optional<uint64_t> record;  // its number in the file, if the file has many
  };
  // Where this writer met the id of the article added last for the first time, with another text. Nothing where it did
  // not, and where it was told before.
  const std::optional<Place>& earlier_text() const;

  // Whether the archive has an article of this id.
  bool Holds(std::string_view id) const;
  // Articles with this text that the archive had when it was opened, and files that were added since; at most
  // kMaxEqualTexts. The first call reads the identities of the whole archive, and keeps 16 bytes of each. `sha256` as
  // in Add.
  static constexpr size_t kMaxEqualTexts = 16;
  absl::StatusOr<std::vector<Place>> FindEqualTexts(const std::string& sha256);

  // Deletes every version of an article at the next commit. False where the archive has none.
  absl::StatusOr<bool> Remove(std::string_view id);

  // Commits the articles added so far, then rewrites neighbouring segments that fit into one of `segment_bytes` of
  // text, and segments with deleted articles, without these. Findings stay the same, except where deleted articles made
  // an anchor or a band too frequent to be used. Readers keep what they have opened; if the process ends on the way,
  // the old segments stay.
  struct Merged {
    size_t segments_before = 0, segments_after = 0;
    uint64_t articles = 0;  // rewritten
    uint64_t deleted = 0;   // left out
  };
  // Called with the number of articles rewritten so far.
  using Progress = std::function<void(uint64_t articles)>;
  absl::StatusOr<Merged> Merge(uint64_t segment_bytes, const Progress& progress);

  // Replaces the dictionary `before` by `after`, which was learnt from it. Fails where another process has replaced it
  // meanwhile.
  absl::Status SaveSpins(const SpinDictionary& before, const SpinDictionary& after);

 private:
  struct State;
  explicit ArchiveWriter(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace unspin
