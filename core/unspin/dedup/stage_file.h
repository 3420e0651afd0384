// A file that one dedup stage writes and another reads: a section file that ends with a StageHeader.
//
// core/unspin/format/FORMAT.md lists the sections.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "unspin/dedup/options.h"
#include "unspin/dedup/stage_header.h"
#include "unspin/format/section_file.h"
#include "unspin/format/section_writer.h"
#include "unspin/io/file.h"

namespace unspin {

inline constexpr uint32_t kStageSectionVersion = 1;  // of all sections beside the header's

// The options that a user expects a file to be made with. Absent: whatever the file says.
struct ExpectedOptions {
  std::optional<Measure> measure;
  std::optional<double> threshold;  // or a lower one
  std::optional<uint32_t> shingle;
  std::optional<Prefer> prefer;
};

// A file with `sections` sections beside the header's, which FinishStageFile adds.
absl::StatusOr<std::unique_ptr<SectionWriter>> OpenStageFile(const std::string& path, uint32_t sections);
absl::Status FinishStageFile(SectionWriter& writer, const StageHeader& header);

// Such a file, opened and mapped. Opening checks the header and the bounds of all sections.
class StageFile {
 public:
  static absl::StatusOr<StageFile> Open(const std::string& path);

  const std::string& path() const { return sections_.path(); }
  const StageHeader& header() const { return header_; }
  const SectionFile& sections() const { return sections_; }
  // Whether both are the same file on disk, by whatever names.
  friend bool operator==(const StageFile& a, const StageFile& b) {
    return a.device_ == b.device_ && a.inode_ == b.inode_;
  }

  // A section as an array, after checking its checksum and its number of rows: `rows`, or the header's if absent.
  template <typename Row>
  absl::StatusOr<std::span<const Row>> Rows(std::string_view section,
                                            std::optional<uint64_t> rows = std::nullopt) const {
    const absl::StatusOr<std::string_view> bytes = sections_.Read(section, kStageSectionVersion);
    if (!bytes.ok()) return bytes.status();
    const std::span<const Row> read{reinterpret_cast<const Row*>(bytes->data()), bytes->size() / sizeof(Row)};
    if (read.size_bytes() != bytes->size() || read.size() != rows.value_or(header_.rows)) return Damaged(section);
    return read;
  }
  // The error for a section whose content is impossible.
  absl::Status Damaged(std::string_view section) const;

 private:
  StageFile(MappedFile mapped, SectionFile sections) : mapped_(std::move(mapped)), sections_(std::move(sections)) {}

  MappedFile mapped_;
  SectionFile sections_;
  StageHeader header_;
  uint64_t device_ = 0, inode_ = 0;
};

// Fails if the file was made with other options than expected; its threshold may be lower. The message names the
// option.
absl::Status RequireOptions(const StageFile& file, const ExpectedOptions& expected);
// Fails if the files were made with different options.
absl::Status RequireOptions(const StageFile& file, const StageFile& other);
// Fails if `file` was not made from `shingles`: options differ; its threshold may be higher.
absl::Status RequireSource(const StageFile& file, const StageFile& shingles);

// Fails unless these files of one kind are the parts 1 to n of one whole, each once.
absl::Status RequireAllParts(std::span<const StageFile> files);

}  // namespace unspin
