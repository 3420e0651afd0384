// Files of shingles: what the dedup stages must know of the articles, written once and read by every later stage.
//
// core/unspin/format/FORMAT.md lists the sections.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "unspin/dedup/key_columns.h"
#include "unspin/dedup/options.h"
#include "unspin/dedup/shingle_set.h"
#include "unspin/dedup/shingle_sets.h"
#include "unspin/dedup/stage_file.h"

namespace unspin {

// Writes a file of shingles of some of a corpus' articles. Temporary files beside it hold keys and ids until Finish;
// about 40 bytes per article are in memory.
class ShingleFileWriter {
 public:
  static absl::StatusOr<std::unique_ptr<ShingleFileWriter>> Open(const std::string& path, const DedupOptions& options);
  ~ShingleFileWriter();  // removes an unfinished file

  // As Deduplicator::Add.
  void Add(std::string_view id, std::string_view published, uint64_t text_bytes, const ShingleSet& set);
  absl::Status Finish();

 private:
  struct State;
  explicit ShingleFileWriter(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// Files of shingles, one after the other, as one corpus whose articles are numbered from 0. Safe to share between
// threads.
class ShingleFiles : public ShingleSets {
 public:
  // Checks the checksums of the small sections and the bounds of the large ones. Sets, keys and ids are checked when
  // they are read. REQUIRES: at least one file, all of StageKind::kShingles.
  static absl::StatusOr<std::unique_ptr<ShingleFiles>> Open(std::vector<StageFile> files);

  uint32_t size() const { return begins_.back(); }  // articles
  uint64_t fingerprint() const { return fingerprint_; }
  const StageFile& first() const { return files_.front().stage; }
  std::vector<uint64_t> Hashes() const;
  std::vector<uint64_t> Preference() const;

  // REQUIRES, for all that follows: article < size().
  size_t SizeOf(uint32_t article) const override;
  uint32_t SampleOf(uint32_t article) const override;
  absl::StatusOr<std::span<const uint32_t>> ElementsOf(uint32_t article, std::vector<uint32_t>& buffer) const override;

  // The keys of a column whose hash is in [begin, end), a range within [0, 2^32). Articles without elements have none.
  absl::StatusOr<std::vector<ArticleKey>> KeysOf(uint32_t column, uint64_t begin, uint64_t end) const;
  // REQUIRES: Measure::kJaccard.
  absl::StatusOr<uint64_t> KeyOf(uint32_t article, uint32_t band) const;

  // Checks the checksum of the ids. Call it before the first IdOf.
  absl::Status CheckIds() const;
  std::string_view IdOf(uint32_t article) const;

 private:
  struct File {
    explicit File(StageFile file) : stage(std::move(file)) {}
    absl::Status Map(uint32_t columns);
    absl::Status MapColumns(uint32_t columns);
    absl::StatusOr<std::string_view> Column(uint32_t column) const;
    // [begin, end) of an article's elements or id, by its number in the file.
    static std::pair<uint64_t, uint64_t> RangeOf(std::span<const uint64_t> ends, uint32_t number) {
      return {number == 0 ? 0 : ends[number - 1], ends[number]};
    }

    StageFile stage;
    std::span<const uint64_t> hashes, preference, element_ends, id_ends;
    std::span<const uint16_t> samples;
    std::span<const uint32_t> elements;
    std::string_view ids;
    std::vector<std::string_view> columns;
    mutable std::vector<std::atomic<bool>> checked;  // columns whose checksum was compared
  };
  // A file, and the article's number in it.
  std::pair<const File*, uint32_t> Find(uint32_t article) const;

  std::vector<File> files_;
  std::vector<uint32_t> begins_ = {0};  // the number of each file's first article; the last element is size()
  uint64_t fingerprint_ = 0;
};

}  // namespace unspin
