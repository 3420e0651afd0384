#include "unspin/dedup/shingle_file.h"

#include <unistd.h>

#include <algorithm>
#include <cassert>
#include <limits>
#include <utility>

#include "unspin/base/bytes.h"
#include "unspin/base/hash.h"
#include "unspin/base/strings.h"
#include "unspin/dedup/preference.h"
#include "unspin/io/spool.h"

namespace unspin {
namespace {

constexpr uint32_t kMaxSample = std::numeric_limits<uint16_t>::max();

// Sections in the order of the file; the columns follow. Numbers are arrays as they are in memory.
constexpr const char* kElements = "elements";         // uint32_t each, article by article
constexpr const char* kElementEnds = "element-ends";  // uint64_t per article, in elements
constexpr const char* kHashes = "hashes";             // uint64_t per article
constexpr const char* kPreference = "preference";     // uint64_t per article
constexpr const char* kSamples = "samples";           // uint16_t per article; empty for Jaccard
constexpr const char* kIdEnds = "id-ends";            // uint64_t per article, in bytes
constexpr const char* kIds = "ids";
constexpr uint32_t kSections = 7;
std::string ColumnName(uint32_t column) { return "keys-" + std::to_string(column); }

absl::Status Copy(const Spool& spool, SectionWriter& writer) {
  constexpr uint64_t kChunk = uint64_t{1} << 20;  // bytes
  std::string chunk;
  for (uint64_t begin = 0; begin < spool.size(); begin += chunk.size()) {
    chunk.resize(std::min(spool.size() - begin, kChunk));
    if (absl::Status status = spool.Read(begin, chunk.data(), chunk.size()); !status.ok()) return status;
    writer.Append(chunk);
  }
  return absl::OkStatus();
}

absl::Status TooManyArticles(const std::string& prefix) {
  return absl::ResourceExhaustedError(AbslView(prefix + "more than 4 billion articles; split the corpus"));
}

// Whether these are the ends of ranges that follow each other and together have this size.
bool AreEndsOf(uint64_t size, std::span<const uint64_t> ends) {
  return std::is_sorted(ends.begin(), ends.end()) && (ends.empty() ? size == 0 : ends.back() == size);
}

}  // namespace

struct ShingleFileWriter::State {
  State(const std::string& path, const DedupOptions& options, std::unique_ptr<SectionWriter> writer, Spool ids,
        KeyColumns keys)
      : path(path),
        options(options),
        scheme(options),
        writer(std::move(writer)),
        ids(std::move(ids)),
        keys(std::move(keys)) {}

  const std::string path;
  const DedupOptions options;
  const ColumnScheme scheme;
  std::unique_ptr<SectionWriter> writer;  // at the section of elements until Finish
  Spool ids;
  KeyColumns keys;
  std::vector<uint64_t> hashes, preference, element_ends, id_ends;
  std::vector<uint16_t> samples;
  uint64_t elements = 0;
};

ShingleFileWriter::ShingleFileWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
ShingleFileWriter::~ShingleFileWriter() = default;

absl::StatusOr<std::unique_ptr<ShingleFileWriter>> ShingleFileWriter::Open(const std::string& path,
                                                                           const DedupOptions& options) {
  const ColumnScheme scheme(options);
  absl::StatusOr<std::unique_ptr<SectionWriter>> writer = OpenStageFile(path, kSections + scheme.columns);
  if (!writer.ok()) return writer.status();
  const std::string prefix = path + ".tmp-" + std::to_string(getpid()) + "-";
  absl::StatusOr<Spool> ids = Spool::Make(prefix + "ids");
  if (!ids.ok()) return ids.status();
  absl::StatusOr<KeyColumns> keys = KeyColumns::Make(scheme, prefix);
  if (!keys.ok()) return keys.status();
  (*writer)->Begin(kElements, kStageSectionVersion);
  return std::unique_ptr<ShingleFileWriter>(new ShingleFileWriter(
      std::make_unique<State>(path, options, *std::move(writer), *std::move(ids), *std::move(keys))));
}

void ShingleFileWriter::Add(std::string_view id, std::string_view published, uint64_t text_bytes,
                            const ShingleSet& set) {
  State& state = *state_;
  state.writer->Append(AsBytes(set.elements));
  state.elements += set.elements.size();
  state.element_ends.push_back(state.elements);
  state.ids.Append(id);
  state.id_ends.push_back(state.ids.size());
  state.hashes.push_back(set.hash);
  state.preference.push_back(PreferenceOf(state.options.prefer, published, text_bytes));
  const uint32_t sampled = state.keys.Add(set);
  if (state.options.measure == Measure::kContainment)
    state.samples.push_back(static_cast<uint16_t>(std::min(sampled, kMaxSample)));
}

absl::Status ShingleFileWriter::Finish() {
  State& state = *state_;
  if (state.hashes.size() > kMaxDedupArticles) return TooManyArticles(state.path + ": ");
  if (absl::Status status = state.ids.Finish(); !status.ok()) return status;
  if (absl::Status status = state.keys.Finish(); !status.ok()) return status;
  SectionWriter& writer = *state.writer;
  const auto write = [&](const char* name, const auto& values) {
    writer.Begin(name, kStageSectionVersion);
    writer.Append(AsBytes(values));
  };
  write(kElementEnds, state.element_ends);
  write(kHashes, state.hashes);
  write(kPreference, state.preference);
  write(kSamples, state.samples);
  write(kIdEnds, state.id_ends);
  writer.Begin(kIds, kStageSectionVersion);
  if (absl::Status status = Copy(state.ids, writer); !status.ok()) return status;
  for (uint32_t column = 0; column < state.scheme.columns; ++column) {
    writer.Begin(ColumnName(column), kStageSectionVersion);
    if (absl::Status status = Copy(state.keys.column(column), writer); !status.ok()) return status;
  }
  StageHeader header = StageHeader::Of(StageKind::kShingles, state.options);
  header.rows = state.hashes.size();
  return FinishStageFile(writer, header);
}

absl::Status ShingleFiles::File::Map(uint32_t columns) {
  for (const auto& [section, into] :
       {std::pair{kHashes, &hashes}, {kPreference, &preference}, {kElementEnds, &element_ends}, {kIdEnds, &id_ends}}) {
    const auto rows = stage.Rows<uint64_t>(section);
    if (!rows.ok()) return rows.status();
    *into = *rows;
  }
  const StageHeader& header = stage.header();
  const auto sample_rows = stage.Rows<uint16_t>(kSamples, header.measure == Measure::kContainment ? header.rows : 0);
  if (!sample_rows.ok()) return sample_rows.status();
  samples = *sample_rows;
  const auto element_bytes = stage.sections().ReadUnchecked(kElements, kStageSectionVersion);
  const auto id_bytes = stage.sections().ReadUnchecked(kIds, kStageSectionVersion);
  if (!element_bytes.ok()) return element_bytes.status();
  if (!id_bytes.ok()) return id_bytes.status();
  elements = {reinterpret_cast<const uint32_t*>(element_bytes->data()), element_bytes->size() / sizeof(uint32_t)};
  ids = *id_bytes;
  if (elements.size_bytes() != element_bytes->size() || !AreEndsOf(elements.size(), element_ends))
    return stage.Damaged(kElementEnds);
  if (!AreEndsOf(ids.size(), id_ends)) return stage.Damaged(kIdEnds);
  return MapColumns(columns);
}

absl::Status ShingleFiles::File::MapColumns(uint32_t count) {
  const StageHeader& header = stage.header();
  for (uint32_t column = 0; column < count; ++column) {
    const auto bytes = stage.sections().ReadUnchecked(ColumnName(column), kStageSectionVersion);
    if (!bytes.ok()) return bytes.status();
    const bool size_fits = header.measure == Measure::kJaccard ? bytes->size() == header.rows * sizeof(uint64_t)
                                                               : bytes->size() % sizeof(SampleRow) == 0;
    if (!size_fits) return stage.Damaged(ColumnName(column));
    columns.push_back(*bytes);
  }
  checked = std::vector<std::atomic<bool>>(count);
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<ShingleFiles>> ShingleFiles::Open(std::vector<StageFile> files) {
  assert(!files.empty());
  auto corpus = std::make_unique<ShingleFiles>();
  const uint32_t columns = ColumnScheme(files.front().header().Options()).columns;
  std::string checksums;
  uint64_t articles = 0;
  for (StageFile& file : files) {
    assert(file.header().kind == StageKind::kShingles);
    for (const File& earlier : corpus->files_) {
      if (earlier.stage == file)
        return absl::InvalidArgumentError(AbslView(file.path() + ": given twice; give each file once"));
    }
    if (!corpus->files_.empty()) {
      if (absl::Status status = RequireOptions(file, corpus->first()); !status.ok()) return status;
    }
    AppendNumber(checksums, file.sections().checksum());
    articles += file.header().rows;
    if (articles > kMaxDedupArticles) return TooManyArticles("");
    corpus->begins_.push_back(static_cast<uint32_t>(articles));
    corpus->files_.emplace_back(std::move(file));
    if (absl::Status status = corpus->files_.back().Map(columns); !status.ok()) return status;
  }
  corpus->fingerprint_ = Hash64(checksums);
  return corpus;
}

std::pair<const ShingleFiles::File*, uint32_t> ShingleFiles::Find(uint32_t article) const {
  assert(article < size());
  const size_t file =
      static_cast<size_t>(std::upper_bound(begins_.begin(), begins_.end(), article) - begins_.begin()) - 1;
  return {&files_[file], article - begins_[file]};
}

std::vector<uint64_t> ShingleFiles::Hashes() const {
  std::vector<uint64_t> all;
  for (const File& file : files_) all.insert(all.end(), file.hashes.begin(), file.hashes.end());
  return all;
}

std::vector<uint64_t> ShingleFiles::Preference() const {
  std::vector<uint64_t> all;
  for (const File& file : files_) all.insert(all.end(), file.preference.begin(), file.preference.end());
  return all;
}

size_t ShingleFiles::SizeOf(uint32_t article) const {
  const auto [file, number] = Find(article);
  const auto [begin, end] = File::RangeOf(file->element_ends, number);
  return end - begin;
}

uint32_t ShingleFiles::SampleOf(uint32_t article) const {
  const auto [file, number] = Find(article);
  return file->samples[number];
}

absl::StatusOr<std::span<const uint32_t>> ShingleFiles::ElementsOf(uint32_t article, std::vector<uint32_t>&) const {
  const auto [file, number] = Find(article);
  const auto [begin, end] = File::RangeOf(file->element_ends, number);
  const std::span<const uint32_t> elements = file->elements.subspan(begin, end - begin);
  // The section is too large to read for the checksum of all sets; each set has a hash of its own.
  if (!elements.empty() && HashElements(elements) != file->hashes[number]) return file->stage.Damaged(kElements);
  return elements;
}

absl::StatusOr<std::string_view> ShingleFiles::File::Column(uint32_t column) const {
  // Two threads may both compare the checksum of a column: that costs time only.
  if (!checked[column].load(std::memory_order_relaxed)) {
    if (const auto read = stage.sections().Read(ColumnName(column), kStageSectionVersion); !read.ok())
      return read.status();
    checked[column].store(true, std::memory_order_relaxed);
  }
  return columns[column];
}

absl::StatusOr<std::vector<ArticleKey>> ShingleFiles::KeysOf(uint32_t column, uint64_t begin, uint64_t end) const {
  std::vector<ArticleKey> keys;
  const auto add = [&](uint64_t key, uint32_t article) {
    const uint64_t hash = Mix64(key) >> 32;
    if (hash >= begin && hash < end) keys.push_back({key, article});
  };
  for (size_t i = 0; i < files_.size(); ++i) {
    const File& file = files_[i];
    const absl::StatusOr<std::string_view> bytes = file.Column(column);
    if (!bytes.ok()) return bytes.status();
    if (file.stage.header().measure == Measure::kJaccard) {
      const auto* const rows = reinterpret_cast<const uint64_t*>(bytes->data());
      for (uint32_t number = 0; number < file.hashes.size(); ++number) {
        const auto [elements_begin, elements_end] = File::RangeOf(file.element_ends, number);
        if (elements_begin != elements_end) add(rows[number], begins_[i] + number);
      }
      continue;
    }
    const std::span<const SampleRow> rows{reinterpret_cast<const SampleRow*>(bytes->data()),
                                          bytes->size() / sizeof(SampleRow)};
    for (const SampleRow& row : rows) {
      if (row.article >= file.hashes.size()) return file.stage.Damaged(ColumnName(column));
      add(row.element, begins_[i] + row.article);
    }
  }
  return keys;
}

absl::StatusOr<uint64_t> ShingleFiles::KeyOf(uint32_t article, uint32_t band) const {
  const auto [file, number] = Find(article);
  assert(file->stage.header().measure == Measure::kJaccard);
  const absl::StatusOr<std::string_view> bytes = file->Column(band);
  if (!bytes.ok()) return bytes.status();
  return reinterpret_cast<const uint64_t*>(bytes->data())[number];
}

absl::Status ShingleFiles::CheckIds() const {
  for (const File& file : files_) {
    if (const auto ids = file.stage.sections().Read(kIds, kStageSectionVersion); !ids.ok()) return ids.status();
  }
  return absl::OkStatus();
}

std::string_view ShingleFiles::IdOf(uint32_t article) const {
  const auto [file, number] = Find(article);
  const auto [begin, end] = File::RangeOf(file->id_ends, number);
  return file->ids.substr(begin, end - begin);
}

}  // namespace unspin
