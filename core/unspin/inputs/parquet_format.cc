// Parquet files: rows of a table are articles. Small row groups are read by many threads, each at once; of large ones,
// which may not fit into memory, the rows are found by one thread and parsed by many.
#include <algorithm>
#include <cassert>
#include <cstring>
#include <optional>
#include <utility>

#include "unspin/base/strings.h"
#include "unspin/inputs/input_format_table.h"
#include "unspin/inputs/load_parquet.h"
#include "unspin/inputs/parquet_fields.h"
#include "unspin/inputs/parquet_row_parser.h"
#include "unspin/inputs/parquet_table.h"
#include "unspin/io/random_access.h"
#include "unspin/records/record_source.h"

namespace unspin {
namespace {

// A row group of more bytes, stored or decompressed, is large. Eight of them per thread may be under way.
constexpr uint64_t kSmallGroupBytes = uint64_t{8} << 20;
// Memory for reading a row group. A small one may hold other than it says; of a large one, a page of every column must
// fit, and some writers make one page of all texts.
constexpr uint64_t kSmallGroupMemory = uint64_t{128} << 20;
constexpr uint64_t kLargeGroupMemory = uint64_t{1} << 30;
// As much as a line splitter's blocks hold: enough that handing a block to a thread costs little.
constexpr size_t kBlockBytes = size_t{1} << 18;
constexpr size_t kBlockRows = 4096;  // as many where the rows are short

// What all parts of the source share.
struct ParquetFile {
  std::string path;
  std::unique_ptr<ParquetTable> table;
  std::shared_ptr<const ParquetFields> fields, text_fields;
  ReaderOptions options;
};

// The rows of one row group, and what is wrong with it.
class GroupReader {
 public:
  enum class Step { kRow, kBad, kEnd };

  // `first` is the number of its first row in the file.
  GroupReader(const ParquetFile& file, size_t group, uint64_t first, const ParquetFields& fields)
      : group_(group), first_(first), rows_(file.table->rows(group)) {
    // A row with a text of its own takes more than a bit. Of many rows in next to no bytes each is null.
    constexpr uint64_t kFreeRows = 10'000, kMaxRowsPerByte = 64;
    const auto size = file.table->SizeOf(group, fields.columns);
    is_small_ = IsSmall(size);
    if (rows_ / kMaxRowsPerByte > size.stored + kFreeRows / kMaxRowsPerByte) {
      problem_ = Name() + " has " + std::to_string(rows_) + " rows in " + std::to_string(size.stored) +
                 " bytes, so they hold no texts; leave it out";
      return;
    }
    source_ = file.table->Read(group, fields.columns, is_small_ ? kSmallGroupMemory : kLargeGroupMemory, is_small_);
  }

  static bool IsSmall(const ParquetTable::Size& size) {
    return size.stored <= kSmallGroupBytes && size.decompressed <= kSmallGroupBytes;
  }

  // kRow: the next row is in cells(). kBad: problem() says why the rows from number() on are lost. Then the end.
  Step Next() {
    if (is_over_) return Step::kEnd;
    if (source_ && source_->Next(cells_)) {
      ++row_;
      return Step::kRow;
    }
    is_over_ = true;
    if (source_ && !source_->problem().empty()) {
      problem_ = Name() + " is damaged (" + source_->problem() + "): its rows from this one on are lost, " +
                 std::to_string(rows_ - row_) + " of " + std::to_string(rows_) + "; write the file again";
    }
    if (problem_.empty()) return Step::kEnd;
    ++row_;
    return Step::kBad;
  }

  std::span<const ParquetCell> cells() const { return cells_; }
  uint64_t number() const { return first_ + row_ - 1; }
  const std::string& problem() const { return problem_; }

 private:
  std::string Name() const { return "row group " + std::to_string(group_ + 1); }

  const size_t group_;
  const uint64_t first_, rows_;
  bool is_small_ = false;
  std::unique_ptr<ParquetRows> source_;
  std::vector<ParquetCell> cells_;
  uint64_t row_ = 0;  // rows taken
  bool is_over_ = false;
  std::string problem_;
};

// A small row group on its way to a thread.
class GroupSupplier final : public RecordSupplier {
 public:
  GroupSupplier(std::shared_ptr<const ParquetFile> file, size_t group, uint64_t first)
      : file_(std::move(file)), group_(group), first_(first) {}

  void Supply(const std::function<void(Record)>& take) override {
    ForEachRow(file_->fields, take,
               [](auto& parser, auto& reader) { return parser.FromCells(reader.cells(), reader.number()); });
  }
  void SupplyTexts(const std::function<void(TextRecord)>& take) override {
    ForEachRow(file_->text_fields, take,
               [](auto& parser, auto& reader) { return parser.TextFromCells(reader.cells(), reader.number()); });
  }

 private:
  template <typename Take, typename Parse>
  void ForEachRow(const std::shared_ptr<const ParquetFields>& fields, const Take& take, const Parse& parse) const {
    GroupReader reader(*file_, group_, first_, *fields);
    ParquetRowParser parser(file_->path, fields, file_->options);
    for (auto step = reader.Next(); step != GroupReader::Step::kEnd; step = reader.Next()) {
      if (step == GroupReader::Step::kRow) {
        take(parse(parser, reader));
      } else {
        take(BadRecordOfFile(file_->path, reader.number(), reader.problem()));
      }
    }
  }

  const std::shared_ptr<const ParquetFile> file_;
  const size_t group_;
  const uint64_t first_;
};

class ParquetSource final : public RecordSource {
 public:
  // `stored_bytes` are those of the whole file. `is_read`: all of them were read already.
  ParquetSource(std::shared_ptr<const ParquetFile> file, uint64_t stored_bytes, bool is_read)
      : file_(std::move(file)),
        parser_(file_->path, file_->fields, file_->options),
        make_parser_(std::make_shared<const RecordParserFactory>([file = file_]() -> std::unique_ptr<RecordParser> {
          return std::make_unique<ParquetRowParser>(file->path, file->fields, file->options);
        })),
        stored_bytes_(stored_bytes),
        is_read_(is_read) {
    for (size_t group = 0; group < file_->table->row_groups(); ++group) rows_ += file_->table->rows(group);
  }

  std::optional<Record> Next() override {
    while (HasGroup()) {
      switch (group_->Next()) {
        case GroupReader::Step::kRow:
          return parser_.FromCells(group_->cells(), group_->number());
        case GroupReader::Step::kBad:
          return BadRecordOfFile(file_->path, group_->number(), group_->problem());
        case GroupReader::Step::kEnd:
          group_.reset();
      }
    }
    if (rows_ > 0) return std::nullopt;
    rows_ = 1;  // reported
    return BadFile(file_->path, "there is no record in it; leave it out");
  }

  bool NextBlock(RecordBlock& block) override {
    assert(!block.full());
    while (group_ || next_group_ < file_->table->row_groups()) {
      if (!group_ && GroupReader::IsSmall(file_->table->SizeOf(next_group_, file_->fields->columns))) {
        const auto [group, first] = TakeGroup();
        block.supplier = std::make_unique<GroupSupplier>(file_, group, first);
        return true;
      }
      if (HasGroup() && FillRaw(block)) return true;
    }
    return RecordSource::NextBlock(block);
  }

  // Parts of the file are read in any order, so this is the share of the rows that were handed out.
  uint64_t stored_bytes_read() const override {
    if (is_read_ || next_group_ == file_->table->row_groups()) return stored_bytes_;
    return static_cast<uint64_t>(static_cast<double>(stored_bytes_) * static_cast<double>(next_row_) /
                                 static_cast<double>(std::max<uint64_t>(rows_, 1)));
  }

 private:
  // The next row group, and the number of its first row.
  std::pair<size_t, uint64_t> TakeGroup() {
    constexpr uint64_t kMaxRows = uint64_t{1} << 40;  // more is not true; rows of all groups have room in 64 bits
    const size_t group = next_group_++;
    const uint64_t rows = std::min(file_->table->rows(group), kMaxRows);
    return {group, std::exchange(next_row_, next_row_ + rows) + 1};
  }

  // Opens the next row group unless one is open. Returns false at the end.
  bool HasGroup() {
    if (group_) return true;
    if (next_group_ == file_->table->row_groups()) return false;
    const auto [group, first] = TakeGroup();
    group_ = std::make_unique<GroupReader>(*file_, group, first, *file_->fields);
    return true;
  }

  // Writes rows of the open row group as raw records. Returns false if it has no more.
  bool FillRaw(RecordBlock& block) {
    bytes_.clear();
    sizes_.clear();
    block.raw.records.clear();
    while (bytes_.size() < kBlockBytes && sizes_.size() < kBlockRows) {
      const auto step = group_->Next();
      if (step == GroupReader::Step::kEnd) {
        group_.reset();
        break;
      }
      const size_t begin = bytes_.size();
      RawRecord raw;
      raw.number = group_->number();
      if (step == GroupReader::Step::kBad) {
        raw.problem = group_->problem();
      } else {
        AppendCells(group_->cells(), bytes_);
      }
      sizes_.push_back(bytes_.size() - begin);
      block.raw.records.push_back(std::move(raw));
    }
    if (sizes_.empty()) return false;
    if (block.raw.capacity < bytes_.size()) {
      block.raw.buffer = std::make_unique<char[]>(bytes_.size() + RawRecord::kPadding);
      block.raw.capacity = bytes_.size();
    }
    std::copy(bytes_.begin(), bytes_.end(), block.raw.buffer.get());
    const char* next = block.raw.buffer.get();
    for (size_t at = 0; at < sizes_.size(); next += sizes_[at++]) {
      block.raw.records[at].bytes = {next, sizes_[at]};
    }
    block.raw_parser = make_parser_;
    return true;
  }

  const std::shared_ptr<const ParquetFile> file_;
  ParquetRowParser parser_;  // for Next
  const std::shared_ptr<const RecordParserFactory> make_parser_;
  const uint64_t stored_bytes_;
  const bool is_read_;
  uint64_t rows_ = 0;                   // of the file
  std::unique_ptr<GroupReader> group_;  // the open row group; null between them
  size_t next_group_ = 0;
  uint64_t next_row_ = 0;  // rows before the next row group
  std::vector<char> bytes_;
  std::vector<size_t> sizes_;
};

// The file itself where it can be opened again and is not compressed, else what its stream gives.
absl::StatusOr<std::unique_ptr<RandomAccess>> AtAnyOffset(InputFile& file, bool& is_stream) {
  if (file.reopenable_path) {
    auto opened = OpenRandomAccess(*file.reopenable_path);
    if (opened.ok() && (*opened)->size() >= file.head.size()) {
      std::string begin(file.head.size(), '\0');
      if ((*opened)->Read(0, begin.data(), begin.size()).empty() && begin == file.head) return opened;
    }
  }
  is_stream = true;
  return KeepStream(*file.bytes);
}

void Count(const ParquetFile& file) {
  if (!file.options.census) return;
  for (size_t field = 0; field < kArticleFields; ++field) {
    if (file.fields->fields[field]) file.options.census->SetSeen(field);
  }
  for (const ParquetColumn& column : file.table->columns()) file.options.census->AddName(column.path);
  for (const auto& kept : file.fields->kept) file.options.census->SetKept(kept.name);
}

std::unique_ptr<RecordSource> Open(InputFile file, const ReaderOptions& options) {
  const auto bad_file = [&](std::string message) {
    return MakeSingleRecordSource(BadFile(file.path, std::move(message)), file.bytes->stored_bytes_read());
  };
  if (!WhyNoParquet().empty()) return bad_file(WhyNoParquet());
  bool is_stream = false;
  auto bytes = AtAnyOffset(file, is_stream);
  if (!bytes.ok()) return bad_file(std::string(StdView(bytes.status().message())));
  const uint64_t stored_bytes = is_stream ? file.bytes->stored_bytes_read() : (*bytes)->size();
  auto opened = std::make_shared<ParquetFile>();
  std::string problem;
  opened->table = OpenParquetTable(*std::move(bytes), problem);
  if (!opened->table) {
    return bad_file("this Parquet file is damaged or was cut off (" + problem + "); write it again");
  }
  const auto& columns = opened->table->columns();
  opened->path = std::move(file.path);
  opened->options = options;
  opened->fields = std::make_shared<const ParquetFields>(FindParquetFields(columns, options, false));
  opened->text_fields = std::make_shared<const ParquetFields>(FindParquetFields(columns, options, true));
  Count(*opened);
  if (!opened->fields->has_text()) {
    return MakeSingleRecordSource(BadFile(opened->path, NoTextColumn(columns, options.fields.text)), stored_bytes);
  }
  return std::make_unique<ParquetSource>(std::move(opened), stored_bytes, is_stream);
}

// The mark "PAR1", and behind it the first page or the list of columns, which no text could be.
bool HasSignature(std::string_view head) {
  constexpr std::string_view kMark = "PAR1";
  return head.starts_with(kMark) && (head.size() == kMark.size() || static_cast<unsigned char>(head[4]) < '\t' ||
                                     (head[4] > '\r' && head[4] < ' '));
}

}  // namespace

constinit const InputFormat kParquetFormat = {.name = "parquet",
                                              .title = "Parquet",
                                              .extensions = {"parquet", "parq", "pq"},
                                              .has_signature = HasSignature,
                                              .open = Open};

}  // namespace unspin
