#include "unspin/dedup/shingle_file.h"

#include <unistd.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "unspin/base/bytes.h"
#include "unspin/base/hash.h"
#include "unspin/base/strings.h"
#include "unspin/dedup/preference.h"
#include "unspin/io/spool.h"

namespace unspin {
namespace {

constexpr uint32_t kSections = 7;  // beside the columns and the header
constexpr uint64_t kMaxArticles = std::numeric_limits<uint32_t>::max() - 1;

std::string ColumnName(uint32_t column) { return "keys-" + std::to_string(column); }

template <typename Row>
std::string_view BytesOf(const std::vector<Row>& rows) {
  return {reinterpret_cast<const char*>(rows.data()), rows.size() * sizeof(Row)};
}

absl::Status Copy(const Spool& spool, SectionWriter& writer) {
  std::string some;
  for (uint64_t at = 0; at < spool.size(); at += some.size()) {
    some.resize(std::min<uint64_t>(spool.size() - at, uint64_t{1} << 20));
    if (absl::Status status = spool.Read(at, some.data(), some.size()); !status.ok()) return status;
    writer.Append(some);
  }
  return absl::OkStatus();
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
  std::unique_ptr<SectionWriter> writer;
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
  (*writer)->Begin("elements", 1);
  return std::unique_ptr<ShingleFileWriter>(new ShingleFileWriter(
      std::make_unique<State>(path, options, *std::move(writer), *std::move(ids), *std::move(keys))));
}

void ShingleFileWriter::Add(std::string_view id, std::string_view published, uint64_t text_bytes,
                            const ShingleSet& set) {
  State& state = *state_;
  state.writer->Append(BytesOf(set.elements));
  state.elements += set.elements.size();
  state.element_ends.push_back(state.elements);
  state.ids.Append(id);
  state.id_ends.push_back(state.ids.size());
  state.hashes.push_back(set.hash);
  state.preference.push_back(PreferenceOf(state.options.prefer, published, text_bytes));
  const uint32_t sampled = state.keys.Add(set);
  if (state.options.measure == Measure::kContainment)
    state.samples.push_back(static_cast<uint16_t>(std::min(sampled, 0xffffu)));
}

absl::Status ShingleFileWriter::Finish() {
  State& state = *state_;
  if (state.hashes.size() > kMaxArticles)
    return absl::ResourceExhaustedError(AbslView(state.path + ": more than 4 billion articles; split the corpus"));
  if (absl::Status status = state.ids.Finish(); !status.ok()) return status;
  if (absl::Status status = state.keys.Finish(); !status.ok()) return status;
  SectionWriter& writer = *state.writer;
  const auto write = [&](const char* name, std::string_view bytes) {
    writer.Begin(name, 1);
    writer.Append(bytes);
  };
  write("element-ends", BytesOf(state.element_ends));
  write("hashes", BytesOf(state.hashes));
  write("preference", BytesOf(state.preference));
  write("samples", BytesOf(state.samples));
  write("id-ends", BytesOf(state.id_ends));
  writer.Begin("ids", 1);
  if (absl::Status status = Copy(state.ids, writer); !status.ok()) return status;
  for (uint32_t column = 0; column < state.scheme.columns; ++column) {
    writer.Begin(ColumnName(column), 1);
    if (absl::Status status = Copy(state.keys.column(column), writer); !status.ok()) return status;
  }
  StageHeader header = StageHeader::Of(StageKind::kShingles, state.options);
  header.rows = state.hashes.size();
  return FinishStageFile(writer, header);
}

absl::Status ShingleFiles::Map(File& file, uint32_t columns) {
  const auto numbers = [&](const char* section, std::span<const uint64_t>& into) {
    const auto rows = file.file.Rows<uint64_t>(section);
    if (rows.ok()) into = *rows;
    return rows.status();
  };
  for (const auto& [section, into] : {std::pair{"hashes", &file.hashes},
                                      {"preference", &file.preference},
                                      {"element-ends", &file.element_ends},
                                      {"id-ends", &file.id_ends}}) {
    if (absl::Status status = numbers(section, *into); !status.ok()) return status;
  }
  const StageHeader& header = file.file.header();
  const auto samples = file.file.Rows<uint16_t>("samples", header.measure == Measure::kContainment ? header.rows : 0);
  if (!samples.ok()) return samples.status();
  file.samples = *samples;
  const auto elements = file.file.sections().ReadLater("elements", 1), ids = file.file.sections().ReadLater("ids", 1);
  if (!elements.ok()) return elements.status();
  if (!ids.ok()) return ids.status();
  file.elements = *elements;
  file.ids = *ids;
  const auto bounded = [](std::span<const uint64_t> ends, uint64_t size) {
    return std::is_sorted(ends.begin(), ends.end()) && (ends.empty() ? size == 0 : ends.back() == size);
  };
  if (file.elements.size() % sizeof(uint32_t) != 0 ||
      !bounded(file.element_ends, file.elements.size() / sizeof(uint32_t)))
    return file.file.Damaged("element-ends");
  if (!bounded(file.id_ends, file.ids.size())) return file.file.Damaged("id-ends");
  for (uint32_t column = 0; column < columns; ++column) {
    const auto bytes = file.file.sections().ReadLater(ColumnName(column), 1);
    if (!bytes.ok()) return bytes.status();
    const bool band = header.measure == Measure::kJaccard;
    if (band ? bytes->size() != header.rows * sizeof(uint64_t) : bytes->size() % sizeof(SampleRow) != 0)
      return file.file.Damaged(ColumnName(column));
    file.columns.push_back(*bytes);
  }
  file.checked = std::vector<std::atomic<bool>>(columns);
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<ShingleFiles>> ShingleFiles::Open(std::vector<StageFile> files) {
  auto corpus = std::make_unique<ShingleFiles>();
  const uint32_t columns = ColumnScheme(files.front().header().Options()).columns;
  std::string checksums;
  uint64_t articles = 0;
  for (StageFile& file : files) {
    for (const File& known : corpus->files_) {
      if (known.file == file)
        return absl::InvalidArgumentError(AbslView(file.path() + ": given twice; give each file once"));
    }
    if (!corpus->files_.empty()) {
      if (absl::Status status = RequireOptions(file, corpus->first()); !status.ok()) return status;
    }
    AppendNumber(checksums, file.sections().checksum());
    articles += file.header().rows;
    if (articles > kMaxArticles) return absl::ResourceExhaustedError("more than 4 billion articles; split the corpus");
    corpus->begins_.push_back(static_cast<uint32_t>(articles));
    corpus->files_.emplace_back(std::move(file));
    if (absl::Status status = Map(corpus->files_.back(), columns); !status.ok()) return status;
  }
  corpus->fingerprint_ = Hash64(checksums);
  return corpus;
}

std::pair<const ShingleFiles::File*, uint32_t> ShingleFiles::Find(uint32_t article) const {
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
  return file->element_ends[number] - (number == 0 ? 0 : file->element_ends[number - 1]);
}

uint32_t ShingleFiles::SampleOf(uint32_t article) const {
  const auto [file, number] = Find(article);
  return file->samples[number];
}

absl::StatusOr<std::span<const uint32_t>> ShingleFiles::ElementsOf(uint32_t article, std::vector<uint32_t>&) const {
  const auto [file, number] = Find(article);
  const uint64_t begin = number == 0 ? 0 : file->element_ends[number - 1];
  const std::span<const uint32_t> elements{reinterpret_cast<const uint32_t*>(file->elements.data()) + begin,
                                           file->element_ends[number] - begin};
  // The section is too large to be read for the sake of some of it; each set has a hash of its own.
  if (!elements.empty() && HashElements(elements) != file->hashes[number]) return file->file.Damaged("elements");
  return elements;
}

absl::StatusOr<std::string_view> ShingleFiles::Column(const File& file, uint32_t column) {
  if (!file.checked[column].load(std::memory_order_relaxed)) {
    if (const auto read = file.file.sections().Read(ColumnName(column), 1); !read.ok()) return read.status();
    file.checked[column].store(true, std::memory_order_relaxed);
  }
  return file.columns[column];
}

absl::StatusOr<std::vector<Key>> ShingleFiles::KeysOf(uint32_t column, uint64_t begin, uint64_t end) const {
  std::vector<Key> keys;
  const auto add = [&](uint64_t key, uint32_t article) {
    const uint64_t at = Mix64(key) >> 32;
    if (at >= begin && at < end) keys.push_back({key, article});
  };
  for (size_t i = 0; i < files_.size(); ++i) {
    const File& file = files_[i];
    const absl::StatusOr<std::string_view> bytes = Column(file, column);
    if (!bytes.ok()) return bytes.status();
    if (file.file.header().measure == Measure::kJaccard) {
      const auto* const rows = reinterpret_cast<const uint64_t*>(bytes->data());
      for (uint32_t number = 0; number < file.hashes.size(); ++number) {
        const bool empty = file.element_ends[number] == (number == 0 ? 0 : file.element_ends[number - 1]);
        if (!empty) add(rows[number], begins_[i] + number);
      }
      continue;
    }
    const std::span<const SampleRow> rows{reinterpret_cast<const SampleRow*>(bytes->data()),
                                          bytes->size() / sizeof(SampleRow)};
    for (const SampleRow& row : rows) {
      if (row.article >= file.hashes.size()) return file.file.Damaged(ColumnName(column));
      add(row.element, begins_[i] + row.article);
    }
  }
  return keys;
}

absl::StatusOr<uint64_t> ShingleFiles::KeyOf(uint32_t article, uint32_t band) const {
  const auto [file, number] = Find(article);
  const absl::StatusOr<std::string_view> bytes = Column(*file, band);
  if (!bytes.ok()) return bytes.status();
  return reinterpret_cast<const uint64_t*>(bytes->data())[number];
}

absl::Status ShingleFiles::CheckIds() const {
  for (const File& file : files_) {
    if (const auto ids = file.file.sections().Read("ids", 1); !ids.ok()) return ids.status();
  }
  return absl::OkStatus();
}

std::string_view ShingleFiles::IdOf(uint32_t article) const {
  const auto [file, number] = Find(article);
  const uint64_t begin = number == 0 ? 0 : file->id_ends[number - 1];
  return file->ids.substr(begin, file->id_ends[number] - begin);
}

}  // namespace unspin
