// A publisher's articles on disk: a folder of immutable, checksummed segments and a manifest that names them.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "unspin/anchor/anchor.h"
#include "unspin/base/task_queue.h"
#include "unspin/index/index_reader.h"
#include "unspin/ingest/article.h"
#include "unspin/sketch/sketch.h"
#include "unspin/spins/spin_dictionary.h"
#include "unspin/store/store_reader.h"

namespace unspin {

// One article of the archive.
struct ArticleAddress {
  uint32_t segment = 0;
  uint32_t article = 0;
  friend auto operator<=>(const ArticleAddress&, const ArticleAddress&) = default;
};

struct ArchiveCandidate {
  ArticleAddress number;
  float score = 0;
};

struct ArchiveStatistics {
  uint64_t articles = 0;
  uint64_t text_bytes = 0;
  uint64_t disk_bytes = 0;
  std::vector<std::string> segments;  // file names, oldest first
  std::string fingerprint;            // of scheme and contents, hexadecimal
};

// What of an archive is read from disk a little here and there, in small pages, where memory does not hold all of it.
// What finds articles is asked in a thousand places by every question: it keeps large pages as long as memory holds it.
enum class Scattered { kNothing, kArticles, kEverything };
Scattered ScatteredReads(uint64_t bytes, uint64_t article_bytes, uint64_t memory);

// An archive opened for reading. Safe to share between threads; sees what was there when it was opened.
class Archive {
 public:
  // Fails with the file, what is wrong with it and what to do when the manifest is absent or damaged, a segment is
  // missing, truncated or damaged in its header, or the scheme differs from ours.
  // `memory` in bytes says what reads are scattered: that changes what a question costs, and never its answer.
  static absl::StatusOr<std::unique_ptr<const Archive>> Open(const std::string& folder,
                                                             uint64_t memory = MachineMemory());
  static uint64_t MachineMemory();

  // Best candidates by descending score, then in the order they were added. The same articles give the same candidates,
  // however they are spread over segments.
  std::vector<ArchiveCandidate> FindCandidates(const Sketch& sketch, const Anchors& anchors,
                                               const CandidateOptions& options, IndexReader::Scratch& scratch) const;
  absl::StatusOr<StoredArticle> Fetch(ArticleAddress number, StoreReader::LastBlock& last) const;
  // What tells the article from those of all archives. REQUIRES: one that FindCandidates found.
  StoreReader::ContentKey ContentKeyOf(ArticleAddress number) const;
  absl::StatusOr<StoredArticle> Fetch(ArticleAddress number) const;
  // Lets the disk look for all of them at once, where the archive is too large to be in memory; otherwise costs
  // nothing.
  void Prefetch(const std::vector<ArchiveCandidate>& candidates) const;

  // Reads everything and checks every checksum. Returns all problems found, each naming file and section.
  std::vector<std::string> Verify() const;
  const ArchiveStatistics& Statistics() const;

  // What was learnt with this archive; empty where nothing was.
  const SpinDictionary& spins() const;
  static std::string SpinsPath(const std::string& folder) { return folder + "/SPINS"; }

 private:
  Archive() = default;
  static absl::StatusOr<std::unique_ptr<const Archive>> OpenOnce(const std::string& folder, uint64_t memory);
  ArchiveStatistics CountStatistics() const;
  struct Contents;
  std::shared_ptr<const Contents> contents_;
};

// Adds articles to an archive; one writer at a time (a lock file says who). Articles become visible to readers, and
// safe against a crash, when a segment is committed: after every `segment_bytes` of text and at Finish().
class ArchiveWriter {
 public:
  enum class Added { kNew, kNewVersion, kUnchanged };

  // Creates the folder where there is none. Fails where another writer holds the lock or the archive is damaged.
  // `tasks` outlive the writer: a full segment is compressed, sorted and written by whoever runs them, while articles
  // go into the next one. By default it is written before Add returns.
  static absl::StatusOr<std::unique_ptr<ArchiveWriter>> Open(const std::string& folder,
                                                             uint64_t segment_bytes = uint64_t{256} << 20,
                                                             bool replace = false, TaskQueue* tasks = nullptr);
  ~ArchiveWriter();  // commits what is being written, and drops the rest

  // An id again with a text that it has already changes nothing; with another text it becomes the next version.
  // With `replace`, the other versions of the id are dropped at the next commit.
  // After a failure nothing more is taken; what was committed before stays.
  absl::StatusOr<Added> Add(const Article& article, const Sketch& sketch, const Anchors& anchors);
  // The same where the SHA-256 of the text, in lower-case hexadecimal, is known.
  absl::StatusOr<Added> Add(const Article& article, const std::string& sha256, const Sketch& sketch,
                            const Anchors& anchors);
  absl::Status Finish();  // commits what is left; more may be added afterwards

  // Drops every version of an article at the next commit. False where the archive holds none.
  absl::StatusOr<bool> Remove(std::string_view id);

  // Rewrites neighbouring segments that fit into one of `segment_bytes` of text, and those that hold dropped articles,
  // without these; commits what is left of Add first. Findings stay what they were, but where dropped articles made
  // something too frequent to look up. Readers keep what they have opened; a process that ends on the way leaves the
  // old segments.
  struct Merged {
    size_t segments_before = 0, segments_after = 0;
    uint64_t articles = 0, dropped = 0;  // rewritten; left out
  };
  using Rewritten = std::function<void(uint64_t articles)>;
  absl::StatusOr<Merged> Merge(uint64_t segment_bytes, const Rewritten& progress);

  // Puts the dictionary `after` in the place of `before`, from which it was learnt on. Fails where another process has
  // learnt meanwhile.
  absl::Status SaveSpins(const SpinDictionary& before, const SpinDictionary& after);

 private:
  struct State;
  explicit ArchiveWriter(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace unspin
