// The shingles of a corpus in files, each of some of its articles, by which the stages know it.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "unspin/dedup/key_columns.h"
#include "unspin/dedup/options.h"
#include "unspin/dedup/sets.h"
#include "unspin/dedup/shingle_set.h"
#include "unspin/dedup/stage_file.h"

namespace unspin {

// What grows with the articles lies beside the file until it is whole; some 40 bytes of each are in memory.
class ShingleFileWriter {
 public:
  static absl::StatusOr<std::unique_ptr<ShingleFileWriter>> Open(const std::string& path, const DedupOptions& options);
  ~ShingleFileWriter();  // removes what was not finished

  // As Deduplicator::Add.
  void Add(std::string_view id, std::string_view published, uint64_t text_bytes, const ShingleSet& set);
  absl::Status Finish();

 private:
  struct State;
  explicit ShingleFileWriter(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// Files of shingles, one behind the other, as one corpus. Safe to share between threads.
class ShingleFiles : public Sets {
 public:
  // Checks what is small and how the rest is bounded; sets, keys and ids are checked when they are looked at.
  static absl::StatusOr<std::unique_ptr<ShingleFiles>> Open(std::vector<StageFile> files);

  uint32_t size() const { return begins_.back(); }
  uint64_t fingerprint() const { return fingerprint_; }
  const StageFile& first() const { return files_.front().file; }
  std::vector<uint64_t> Hashes() const;
  std::vector<uint64_t> Preference() const;

  size_t SizeOf(uint32_t article) const override;
  uint32_t SampleOf(uint32_t article) const override;
  absl::StatusOr<std::span<const uint32_t>> ElementsOf(uint32_t article, std::vector<uint32_t>& room) const override;

  // The keys of a column that lie in a range of its hash space, which ends at 2^32; of articles with elements only.
  absl::StatusOr<std::vector<Key>> KeysOf(uint32_t column, uint64_t begin, uint64_t end) const;
  absl::StatusOr<uint64_t> KeyOf(uint32_t article, uint32_t band) const;

  // Before the first IdOf.
  absl::Status CheckIds() const;
  std::string_view IdOf(uint32_t article) const;

 private:
  struct File {
    explicit File(StageFile file) : file(std::move(file)) {}

    StageFile file;
    std::span<const uint64_t> hashes, preference, element_ends, id_ends;
    std::span<const uint16_t> samples;
    std::string_view elements, ids;
    std::vector<std::string_view> columns;
    mutable std::vector<std::atomic<bool>> checked;  // columns whose checksum was found right
  };
  // A file, and the article's number in it.
  std::pair<const File*, uint32_t> Find(uint32_t article) const;
  static absl::Status Map(File& file, uint32_t columns);
  static absl::StatusOr<std::string_view> Column(const File& file, uint32_t column);

  std::vector<File> files_;
  std::vector<uint32_t> begins_ = {0};  // numbers of the files' first articles, and of all articles
  uint64_t fingerprint_ = 0;
};

}  // namespace unspin
