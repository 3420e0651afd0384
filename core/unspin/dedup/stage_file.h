// What every file between the stages says of itself: what it holds, by which options, of which corpus, which part.
//
// The layout stands in core/unspin/format/FORMAT.md.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "unspin/dedup/options.h"
#include "unspin/format/section_file.h"
#include "unspin/format/section_writer.h"
#include "unspin/io/file.h"

namespace unspin {

// Part `index` of `count`, from 0. The parts of anything are disjoint and together all of it.
struct Part {
  uint32_t index = 0, count = 1;
  friend bool operator==(const Part&, const Part&) = default;
};

enum class StageKind : uint32_t { kShingles = 1, kPairs = 2, kEdges = 3 };

// "shingles", "pairs", "edges".
std::string_view StageName(StageKind kind);

struct StageHeader {
  StageKind kind = StageKind::kShingles;
  Measure measure = Measure::kJaccard;
  uint32_t shingle = 5;
  Prefer prefer = Prefer::kMaxLength;
  double threshold = 0.8;
  uint64_t corpus = 0;  // fingerprint of the files of shingles, in their order; they themselves say 0
  Part part;
  uint64_t rows = 0;      // articles, pairs or edges
  uint64_t compared = 0;  // pairs that the edges were found among

  static StageHeader Of(StageKind kind, const DedupOptions& options);
  // Without scratch and threads.
  DedupOptions Options() const;
};

// What a user says of the options of a file that is there already; what is not said is as the file says.
struct ExpectedOptions {
  std::optional<Measure> measure;
  std::optional<double> threshold;
  std::optional<uint32_t> shingle;
  std::optional<Prefer> prefer;
};

// A file with `sections` sections beside the header's, which FinishStageFile adds.
absl::StatusOr<std::unique_ptr<SectionWriter>> OpenStageFile(const std::string& path, uint32_t sections);
absl::Status FinishStageFile(SectionWriter& writer, const StageHeader& header);

// A file that is there, whole as far as its header says; mapped for as long as this value lives.
class StageFile {
 public:
  static absl::StatusOr<StageFile> Open(const std::string& path);

  const std::string& path() const { return sections_.file(); }
  const StageHeader& header() const { return header_; }
  const SectionFile& sections() const { return sections_; }
  // Two names of one file share it.
  friend bool operator==(const StageFile& a, const StageFile& b) {
    return a.device_ == b.device_ && a.node_ == b.node_;
  }

  // The rows of a section, checked: all of them, as many as the header says where `rows` is none.
  template <typename Row>
  absl::StatusOr<std::span<const Row>> Rows(std::string_view section,
                                            std::optional<uint64_t> rows = std::nullopt) const {
    const absl::StatusOr<std::string_view> bytes = sections_.Read(section, 1);
    if (!bytes.ok()) return bytes.status();
    const std::span<const Row> read{reinterpret_cast<const Row*>(bytes->data()), bytes->size() / sizeof(Row)};
    if (read.size_bytes() != bytes->size() || read.size() != rows.value_or(header_.rows)) return Damaged(section);
    return read;
  }
  absl::Status Damaged(std::string_view section) const;

 private:
  StageFile(MappedFile mapped, SectionFile sections) : mapped_(std::move(mapped)), sections_(std::move(sections)) {}

  MappedFile mapped_;
  SectionFile sections_;
  StageHeader header_;
  uint64_t device_ = 0, node_ = 0;
};

// Whether the file was made as `expected`, or by the same options as `other`; the message names the option.
absl::Status RequireOptions(const StageFile& file, const ExpectedOptions& expected);
absl::Status RequireOptions(const StageFile& file, const StageFile& other);

// Whether these files of one kind are parts 1 to n of one whole, each once.
absl::Status RequireAllParts(std::span<const StageFile> files);

}  // namespace unspin
