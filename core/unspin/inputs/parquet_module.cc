// The module that links Arrow: ParquetTable (parquet_table.h) over the column readers of libparquet.
//
// The column readers, not Arrow's arrays: they hand out values where the page has them, so that a row group of any size
// is read in the memory of one page per column, and texts of a dictionary are never multiplied. Nothing here starts a
// thread of Arrow's.
#include <parquet/api/reader.h>

#include <arrow/io/interfaces.h>
#include <arrow/memory_pool.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <functional>
#include <stdexcept>
#include <utility>

#include "unspin/inputs/parquet_table.h"
#include "unspin/inputs/parquet_values.h"

namespace unspin {
namespace {

using parquet::ConvertedType;
using parquet::LogicalType;

// Values taken from a column at once: enough that a call costs little, few enough for a first-level cache.
constexpr int64_t kWindow = 512;
// Bytes of a column read at once where it is read piece by piece.
constexpr int64_t kPiece = int64_t{1} << 18;

// What makes a row group unreadable, in words for a person.
struct Damage : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Arrow's words begin with a kind of error and may fill several lines.
std::string WordsOf(const std::exception& error) {
  std::string words = error.what();
  words = words.substr(0, words.find('\n'));
  while (!words.empty() && (words.back() == '.' || words.back() == ' ')) words.pop_back();
  return words;
}

// Calls `function`. Returns what went wrong; empty: nothing. No exception of Arrow leaves this file.
template <typename Function>
std::string Guarded(const Function& function) {
  try {
    function();
    return "";
  } catch (const std::bad_alloc&) {
    return "it takes too much memory";
  } catch (const std::exception& error) {
    return WordsOf(error);
  } catch (...) {
    return "of unknown kind";
  }
}

// The bytes that come out of `stored` ones at most, in time and memory: no compression of texts gives more.
uint64_t MostOf(uint64_t stored) {
  constexpr uint64_t kFree = uint64_t{1} << 26, kMaxRatio = 1024;
  return kFree + std::min(stored, ~uint64_t{0} / kMaxRatio / 2) * kMaxRatio;
}

// Memory of the program's allocator, up to a limit.
class BoundedPool final : public arrow::ProxyMemoryPool {
 public:
  explicit BoundedPool(uint64_t max_bytes)
      : ProxyMemoryPool(arrow::system_memory_pool()), max_bytes_(static_cast<int64_t>(max_bytes)) {}

  arrow::Status Allocate(int64_t size, int64_t alignment, uint8_t** out) override {
    if (size > max_bytes_ - bytes_allocated()) return TooMuch();
    return ProxyMemoryPool::Allocate(size, alignment, out);
  }
  arrow::Status Reallocate(int64_t old_size, int64_t new_size, int64_t alignment, uint8_t** bytes) override {
    if (new_size - old_size > max_bytes_ - bytes_allocated()) return TooMuch();
    return ProxyMemoryPool::Reallocate(old_size, new_size, alignment, bytes);
  }

 private:
  arrow::Status TooMuch() const {
    return arrow::Status::OutOfMemory("a page takes more than ", max_bytes_, " bytes of memory");
  }

  const int64_t max_bytes_;
};

class File final : public arrow::io::RandomAccessFile {
 public:
  File(std::shared_ptr<const RandomAccess> bytes, arrow::MemoryPool& pool) : bytes_(std::move(bytes)), pool_(pool) {
    set_mode(arrow::io::FileMode::READ);
  }

  arrow::Status Close() override {
    closed_ = true;
    return arrow::Status::OK();
  }
  bool closed() const override { return closed_; }
  arrow::Result<int64_t> GetSize() override { return static_cast<int64_t>(bytes_->size()); }
  arrow::Result<int64_t> Tell() const override { return at_; }
  arrow::Status Seek(int64_t position) override {
    at_ = position;
    return arrow::Status::OK();
  }
  arrow::Result<int64_t> Read(int64_t size, void* into) override {
    ARROW_ASSIGN_OR_RAISE(const int64_t read, ReadAt(at_, size, into));
    at_ += read;
    return read;
  }
  arrow::Result<std::shared_ptr<arrow::Buffer>> Read(int64_t size) override {
    ARROW_ASSIGN_OR_RAISE(auto buffer, ReadAt(at_, size));
    at_ += buffer->size();
    return buffer;
  }
  using RandomAccessFile::ReadAt;
  arrow::Result<int64_t> ReadAt(int64_t position, int64_t size, void* into) override {
    size = Clamped(position, size);
    const std::string problem = bytes_->Read(static_cast<uint64_t>(position), into, static_cast<size_t>(size));
    if (!problem.empty()) return arrow::Status::IOError(problem);
    return size;
  }
  arrow::Result<std::shared_ptr<arrow::Buffer>> ReadAt(int64_t position, int64_t size) override {
    ARROW_ASSIGN_OR_RAISE(auto buffer, arrow::AllocateResizableBuffer(Clamped(position, size), &pool_));
    ARROW_RETURN_NOT_OK(ReadAt(position, buffer->size(), buffer->mutable_data()).status());
    return std::shared_ptr<arrow::Buffer>(std::move(buffer));
  }

 private:
  // How much of `size` bytes from `position` on there is.
  int64_t Clamped(int64_t& position, int64_t size) const {
    const auto end = static_cast<int64_t>(bytes_->size());
    position = std::clamp<int64_t>(position, 0, end);
    return std::clamp<int64_t>(size, 0, end - position);
  }

  const std::shared_ptr<const RandomAccess> bytes_;
  arrow::MemoryPool& pool_;
  int64_t at_ = 0;
  bool closed_ = false;
};

// How the numbers of a column are written.
struct Meaning {
  explicit Meaning(const parquet::ColumnDescriptor& column) : is_text(false) {
    const LogicalType& logical = *column.logical_type();
    is_date = logical.is_date();
    is_uuid = logical.is_UUID();
    is_unsigned = logical.is_int() && !dynamic_cast<const parquet::IntLogicalType&>(logical).is_signed();
    if (logical.is_decimal()) scale = dynamic_cast<const parquet::DecimalLogicalType&>(logical).scale();
    is_decimal = logical.is_decimal();
    if (logical.is_timestamp()) {
      const auto& moment = dynamic_cast<const parquet::TimestampLogicalType&>(logical);
      is_utc = moment.is_adjusted_to_utc();
      const auto unit = moment.time_unit();
      per_second = unit == LogicalType::TimeUnit::MILLIS   ? 1'000
                   : unit == LogicalType::TimeUnit::MICROS ? 1'000'000
                                                           : 1'000'000'000;
    }
    is_text = column.physical_type() == parquet::Type::BYTE_ARRAY && !is_decimal;
  }

  bool is_text;  // values are bytes, which are handed out as they are
  bool is_date = false, is_uuid = false, is_unsigned = false, is_decimal = false, is_utc = false;
  int scale = 0;           // of a decimal
  int64_t per_second = 0;  // of a moment; 0: it is none
};

std::span<const uint8_t> BytesOf(const uint8_t* bytes, size_t size) { return {bytes, size}; }

// Each writes a value. Nothing: it stands for nothing (NaN).
std::optional<ParquetKind> Write(bool value, const Meaning&, int, std::string& out) {
  out += value ? "true" : "false";
  return ParquetKind::kBoolean;
}
std::optional<ParquetKind> Write(int64_t value, const Meaning& meaning, int, std::string& out) {
  if (meaning.is_date) return AppendDate(value, out) ? ParquetKind::kText : ParquetKind::kNumber;
  if (meaning.per_second > 0) {
    return AppendMoment(value, meaning.per_second, meaning.is_utc, out) ? ParquetKind::kText : ParquetKind::kNumber;
  }
  if (meaning.is_decimal && AppendDecimal(value, meaning.scale, out)) return ParquetKind::kNumber;
  out += meaning.is_unsigned ? std::to_string(static_cast<uint64_t>(value)) : std::to_string(value);
  return ParquetKind::kNumber;
}
std::optional<ParquetKind> Write(int32_t value, const Meaning& meaning, int size, std::string& out) {
  return Write(meaning.is_unsigned ? int64_t{static_cast<uint32_t>(value)} : int64_t{value}, meaning, size, out);
}
std::optional<ParquetKind> Write(const parquet::Int96& value, const Meaning&, int, std::string& out) {
  const uint64_t nanoseconds = uint64_t{value.value[1]} << 32 | value.value[0];
  return AppendJulianMoment(value.value[2], nanoseconds, out) ? ParquetKind::kText : ParquetKind::kNumber;
}
std::optional<ParquetKind> Write(float value, const Meaning&, int, std::string& out) {
  if (AppendFloat(value, out)) return ParquetKind::kNumber;
  return std::nullopt;
}
std::optional<ParquetKind> Write(double value, const Meaning&, int, std::string& out) {
  if (AppendDouble(value, out)) return ParquetKind::kNumber;
  return std::nullopt;
}
std::optional<ParquetKind> Write(const parquet::ByteArray& value, const Meaning& meaning, int, std::string& out) {
  if (meaning.is_decimal && AppendDecimal(BytesOf(value.ptr, value.len), meaning.scale, out)) {
    return ParquetKind::kNumber;
  }
  out.append(reinterpret_cast<const char*>(value.ptr), value.len);
  return ParquetKind::kText;
}
std::optional<ParquetKind> Write(const parquet::FixedLenByteArray& value, const Meaning& meaning, int size,
                                 std::string& out) {
  const auto bytes = BytesOf(value.ptr, static_cast<size_t>(size));
  if (meaning.is_decimal && AppendDecimal(bytes, meaning.scale, out)) return ParquetKind::kNumber;
  if (meaning.is_uuid && size == 16) {
    AppendUuid(bytes.first<16>(), out);
  } else {
    AppendHex(bytes, out);
  }
  return ParquetKind::kText;
}

// One column of a row group.
class Column {
 public:
  virtual ~Column() = default;
  // Appends the cells of the next row. Returns false if the column ends before it.
  virtual bool Next(uint32_t column, std::vector<ParquetCell>& cells) = 0;
};

template <typename Type>
class TypedColumn final : public Column {
 public:
  TypedColumn(std::shared_ptr<parquet::ColumnReader> reader, const parquet::ColumnDescriptor& column)
      : reader_(std::static_pointer_cast<parquet::TypedColumnReader<Type>>(std::move(reader))),
        meaning_(column),
        type_length_(column.type_length()),
        max_definition_(column.max_definition_level()),
        is_list_(column.max_repetition_level() > 0),
        definitions_(kWindow, max_definition_),
        repetitions_(kWindow, 0),
        values_(std::make_unique<Value[]>(kWindow)) {}

  bool Next(uint32_t column, std::vector<ParquetCell>& cells) override {
    if (level_ == levels_ && !Fill()) return false;
    written_.clear();
    return is_list_ ? NextList(column, cells) : NextValue(column, cells);
  }

 private:
  using Value = typename Type::c_type;

  bool NextValue(uint32_t column, std::vector<ParquetCell>& cells) {
    if (definitions_[static_cast<size_t>(level_++)] < max_definition_) return true;
    const Value& value = values_[value_++];
    if constexpr (std::is_same_v<Value, parquet::ByteArray>) {
      if (meaning_.is_text) {
        cells.push_back({column, ParquetKind::kText, {reinterpret_cast<const char*>(value.ptr), value.len}});
        return true;
      }
    }
    if (const auto kind = Write(value, meaning_, type_length_, written_)) cells.push_back({column, *kind, written_});
    return true;
  }

  // A list may go on behind the values at hand, so its elements are copied.
  bool NextList(uint32_t column, std::vector<ParquetCell>& cells) {
    elements_.clear();
    do {
      if (definitions_[static_cast<size_t>(level_++)] < max_definition_) continue;
      const size_t begin = written_.size();
      const auto kind = Write(values_[value_++], meaning_, type_length_, written_);
      if (kind) elements_.push_back({*kind, written_.size() - begin});
    } while ((level_ < levels_ || Fill()) && repetitions_[static_cast<size_t>(level_)] > 0);
    std::string_view rest = written_;
    for (const auto& [kind, size] : elements_) {
      cells.push_back({column, kind, rest.substr(0, size)});
      rest.remove_prefix(size);
    }
    return true;
  }

  // Takes the next values of the page. What was handed out before is no longer valid.
  bool Fill() {
    if (!reader_->HasNext()) return false;
    int64_t values = 0;
    level_ = 0;
    value_ = 0;
    levels_ = reader_->ReadBatch(kWindow, max_definition_ > 0 ? definitions_.data() : nullptr,
                                 is_list_ ? repetitions_.data() : nullptr, values_.get(), &values);
    const auto begin = definitions_.begin();
    if (levels_ <= 0 || values != std::count(begin, begin + levels_, max_definition_)) {
      throw Damage("a page has other values than it says");
    }
    return true;
  }

  const std::shared_ptr<parquet::TypedColumnReader<Type>> reader_;
  const Meaning meaning_;
  const int type_length_;
  const int16_t max_definition_;  // the level of values that are not null
  const bool is_list_;
  std::vector<int16_t> definitions_, repetitions_;  // levels at hand,
  std::unique_ptr<Value[]> values_;                 // and the values of those that have one
  int64_t level_ = 0, levels_ = 0;
  size_t value_ = 0;
  std::string written_;  // values of this row that are no texts of the page
  struct Element {
    ParquetKind kind;
    size_t size;
  };
  std::vector<Element> elements_;
};

std::unique_ptr<Column> MakeColumn(std::shared_ptr<parquet::ColumnReader> reader,
                                   const parquet::ColumnDescriptor& column) {
  switch (column.physical_type()) {
    case parquet::Type::BOOLEAN:
      return std::make_unique<TypedColumn<parquet::BooleanType>>(std::move(reader), column);
    case parquet::Type::INT32:
      return std::make_unique<TypedColumn<parquet::Int32Type>>(std::move(reader), column);
    case parquet::Type::INT64:
      return std::make_unique<TypedColumn<parquet::Int64Type>>(std::move(reader), column);
    case parquet::Type::INT96:
      return std::make_unique<TypedColumn<parquet::Int96Type>>(std::move(reader), column);
    case parquet::Type::FLOAT:
      return std::make_unique<TypedColumn<parquet::FloatType>>(std::move(reader), column);
    case parquet::Type::DOUBLE:
      return std::make_unique<TypedColumn<parquet::DoubleType>>(std::move(reader), column);
    case parquet::Type::BYTE_ARRAY:
      return std::make_unique<TypedColumn<parquet::ByteArrayType>>(std::move(reader), column);
    case parquet::Type::FIXED_LEN_BYTE_ARRAY:
      return std::make_unique<TypedColumn<parquet::FLBAType>>(std::move(reader), column);
    default:
      throw Damage("a column has an unknown type");
  }
}

// A structure's fields and a list's elements are joined to a path; the groups between a list and its elements have
// names that nobody gave, and are left out.
ParquetColumn Describe(const parquet::ColumnDescriptor& column) {
  std::vector<const parquet::schema::Node*> nodes;  // from the leaf up to the top
  for (const auto* node = column.schema_node().get(); node != nullptr; node = node->parent()) nodes.push_back(node);
  nodes.pop_back();  // the file itself
  std::reverse(nodes.begin(), nodes.end());
  ParquetColumn described;
  described.is_list = column.max_repetition_level() > 0;
  for (size_t at = 0; at < nodes.size(); ++at) {
    described.path += (at > 0 ? "." : "") + nodes[at]->name();
    ++described.fields;
    const bool is_list = nodes[at]->converted_type() == ConvertedType::LIST || nodes[at]->logical_type()->is_list();
    if (!is_list || at + 1 == nodes.size() || !nodes[at + 1]->is_repeated()) continue;
    const auto* const repeated = nodes[++at];
    const bool has_element = at + 1 < nodes.size() && repeated->is_group() &&
                             static_cast<const parquet::schema::GroupNode*>(repeated)->field_count() == 1 &&
                             repeated->name() != "array" && !repeated->name().ends_with("_tuple");
    if (has_element) ++at;
  }
  return described;
}

class Rows final : public ParquetRows {
 public:
  struct Source {
    std::shared_ptr<const RandomAccess> bytes;
    std::shared_ptr<parquet::FileMetaData> metadata;
    parquet::ReaderProperties properties;
  };

  Rows(Source source, size_t group, std::span<const uint32_t> columns, uint64_t max_memory, bool whole)
      : pool_(std::min(max_memory, MostOf(source.bytes->size()))),
        source_(std::move(source)),
        group_(static_cast<int>(group)) {
    wanted_.assign(columns.begin(), columns.end());
    source_.properties.set_memory_pool(&pool_);
    source_.properties.set_buffer_size(kPiece);
    if (!whole) source_.properties.enable_buffered_stream();
  }

  bool Next(std::vector<ParquetCell>& cells) override {
    cells.clear();
    if (!problem_.empty()) return false;
    bool more = false;
    problem_ = Guarded([&] { more = ReadRow(cells); });
    return more && problem_.empty();
  }

  const std::string& problem() const override { return problem_; }

 private:
  void Open() {
    reader_ = parquet::ParquetFileReader::Open(std::make_shared<File>(source_.bytes, pool_), source_.properties,
                                               source_.metadata);
    const auto group = reader_->RowGroup(group_);
    rows_ = group->metadata()->num_rows();
    uint64_t stored = 0;
    for (const uint32_t column : wanted_) {
      const int index = static_cast<int>(column);
      const auto size = group->metadata()->ColumnChunk(index)->total_compressed_size();
      stored += static_cast<uint64_t>(std::clamp<int64_t>(size, 0, static_cast<int64_t>(source_.bytes->size())));
      columns_.push_back(MakeColumn(group->Column(index), *source_.metadata->schema()->Column(index)));
    }
    bytes_left_ = MostOf(stored);  // a dictionary may name one large text in each of many rows
  }

  bool ReadRow(std::vector<ParquetCell>& cells) {
    if (!reader_) Open();
    if (row_ >= rows_) return false;
    ++row_;
    for (uint32_t at = 0; at < columns_.size(); ++at) {
      if (columns_[at]->Next(at, cells)) continue;
      throw Damage("the column " + source_.metadata->schema()->Column(static_cast<int>(wanted_[at]))->name() +
                   " ends before the other rows");
    }
    for (const ParquetCell& cell : cells) {
      if (cell.value.size() > bytes_left_) throw Damage("few bytes claim to hold very many");
      bytes_left_ -= cell.value.size();
    }
    return true;
  }

  BoundedPool pool_;  // outlives the reader and the columns
  Source source_;
  std::vector<uint32_t> wanted_;
  const int group_;
  std::unique_ptr<parquet::ParquetFileReader> reader_;
  std::vector<std::unique_ptr<Column>> columns_;
  int64_t row_ = 0, rows_ = 0;
  uint64_t bytes_left_ = 0;
  std::string problem_;
};

class Table final : public ParquetTable {
 public:
  explicit Table(std::shared_ptr<const RandomAccess> bytes) {
    source_.bytes = std::move(bytes);
    source_.properties.set_page_checksum_verification(true);
    // Each element of a list takes a byte or more of the file.
    const auto limit = static_cast<int32_t>(std::min<uint64_t>(source_.bytes->size(), 1'000'000));
    source_.properties.set_thrift_container_size_limit(std::max(limit, 1));
    source_.metadata = parquet::ParquetFileReader::Open(
                           std::make_shared<File>(source_.bytes, *arrow::system_memory_pool()), source_.properties)
                           ->metadata();
    for (int at = 0; at < source_.metadata->num_columns(); ++at) {
      columns_.push_back(Describe(*source_.metadata->schema()->Column(at)));
    }
    for (int at = 0; at < source_.metadata->num_row_groups(); ++at) {
      rows_.push_back(static_cast<uint64_t>(std::max<int64_t>(source_.metadata->RowGroup(at)->num_rows(), 0)));
    }
  }

  const std::vector<ParquetColumn>& columns() const override { return columns_; }
  size_t row_groups() const override { return rows_.size(); }
  uint64_t rows(size_t group) const override { return rows_[group]; }

  Size SizeOf(size_t group, std::span<const uint32_t> columns) const override {
    Size size;
    // A group that cannot be understood has no size; reading it says what is wrong.
    (void)Guarded([&] {
      const auto metadata = source_.metadata->RowGroup(static_cast<int>(group));
      for (const uint32_t column : columns) {
        const auto chunk = metadata->ColumnChunk(static_cast<int>(column));
        size.stored += static_cast<uint64_t>(std::max<int64_t>(chunk->total_compressed_size(), 0));
        size.decompressed += static_cast<uint64_t>(std::max<int64_t>(chunk->total_uncompressed_size(), 0));
      }
    });
    return size;
  }

  std::unique_ptr<ParquetRows> Read(size_t group, std::span<const uint32_t> columns, uint64_t max_memory,
                                    bool whole) const override {
    return std::make_unique<Rows>(source_, group, columns, max_memory, whole);
  }

 private:
  Rows::Source source_;
  std::vector<ParquetColumn> columns_;
  std::vector<uint64_t> rows_;
};

}  // namespace
}  // namespace unspin

extern "C" __attribute__((visibility("default"))) unspin::OpenParquetFunction unspin_open_parquet_1;

unspin::ParquetTable* unspin_open_parquet_1(std::shared_ptr<const unspin::RandomAccess> bytes, std::string& problem) {
  unspin::ParquetTable* table = nullptr;
  problem = unspin::Guarded([&] { table = new unspin::Table(std::move(bytes)); });
  return table;
}
