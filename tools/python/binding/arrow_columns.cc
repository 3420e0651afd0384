#include "binding/arrow_columns.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <utility>

#include "unspin/inputs/parquet_values.h"

namespace unspin::python {
namespace {

constexpr int64_t kViewBytes = 16;       // of a string view:
constexpr int32_t kMaxInlineBytes = 12;  // a shorter text stands in the view itself, behind its size
constexpr int64_t kMillisecondsOfDay = 86'400'000;

struct NamedLayout {
  std::string_view format;
  ColumnLayout layout;
};
// Bytes are read as texts in a file are: most are UTF-8, and of the others the character set is guessed.
constexpr NamedLayout kTexts[] = {{"u", ColumnLayout::kText},      {"U", ColumnLayout::kLargeText},
                                  {"vu", ColumnLayout::kTextView}, {"z", ColumnLayout::kText},
                                  {"Z", ColumnLayout::kLargeText}, {"vz", ColumnLayout::kTextView}};
constexpr NamedLayout kIntegers[] = {{"c", ColumnLayout::kInt8},  {"C", ColumnLayout::kUint8},
                                     {"s", ColumnLayout::kInt16}, {"S", ColumnLayout::kUint16},
                                     {"i", ColumnLayout::kInt32}, {"I", ColumnLayout::kUint32},
                                     {"l", ColumnLayout::kInt64}, {"L", ColumnLayout::kUint64}};
constexpr NamedLayout kDays[] = {{"tdD", ColumnLayout::kDay}, {"tdm", ColumnLayout::kDayInMs}};

template <size_t size>
std::optional<ColumnType> FindLayout(const NamedLayout (&layouts)[size], std::string_view format) {
  for (const auto& [name, layout] : layouts) {
    if (name == format) return ColumnType{layout};
  }
  return std::nullopt;
}

std::optional<ColumnType> MomentType(std::string_view format) {
  if (format.size() < 4 || !format.starts_with("ts") || format[3] != ':') return std::nullopt;
  ColumnType type{ColumnLayout::kMoment, 1, format.size() > 4};
  switch (format[2]) {
    case 's':
      return type;
    case 'm':
      type.per_second = 1'000;
      return type;
    case 'u':
      type.per_second = 1'000'000;
      return type;
    case 'n':
      type.per_second = 1'000'000'000;
      return type;
    default:
      return std::nullopt;
  }
}

std::optional<ColumnType> TypeOf(std::string_view format, size_t field) {
  if (format == "n") return ColumnType{};
  const bool takes_texts = field != kRecord;
  const bool takes_integers = field == kId || field == kPublished || field == kFetched || field == kRecord;
  const bool takes_dates = field == kPublished || field == kFetched;
  std::optional<ColumnType> type;
  if (takes_texts) type = FindLayout(kTexts, format);
  if (!type && takes_integers) type = FindLayout(kIntegers, format);
  if (!type && takes_dates) type = FindLayout(kDays, format);
  if (!type && takes_dates) type = MomentType(format);
  return type;
}

std::string TypesTaken(size_t field) {
  switch (field) {
    case kId:
      return "strings (also large_string, string_view, binary, or a dictionary of them) and integers";
    case kPublished:
    case kFetched:
      return "strings (also large_string, string_view, binary, or a dictionary of them), timestamps, dates and "
             "integers";
    case kRecord:
      return "integers";
    default:
      return "strings (also large_string, string_view, binary, or a dictionary of them)";
  }
}

// The name of a type in a message; the format string itself where it has a rare one.
std::string TypeName(const ArrowSchema& schema) {
  constexpr std::pair<std::string_view, std::string_view> kNames[] = {
      {"b", "bool"},         {"c", "int8"},         {"C", "uint8"},           {"s", "int16"},
      {"S", "uint16"},       {"i", "int32"},        {"I", "uint32"},          {"l", "int64"},
      {"L", "uint64"},       {"e", "halffloat"},    {"f", "float"},           {"g", "double"},
      {"z", "binary"},       {"Z", "large_binary"}, {"vz", "binary_view"},    {"u", "string"},
      {"U", "large_string"}, {"vu", "string_view"}, {"tdD", "date32"},        {"tdm", "date64"},
      {"+l", "list"},        {"+L", "large_list"},  {"+vl", "list_view"},     {"+vL", "large_list_view"},
      {"+s", "struct"},      {"+m", "map"},         {"+r", "run_end_encoded"}};
  const std::string_view format = schema.format;
  for (const auto& [known, name] : kNames) {
    if (format == known) return std::string(name);
  }
  if (format.starts_with("ts")) return "timestamp";
  if (format.starts_with("tt")) return "time";
  if (format.starts_with("tD")) return "duration";
  if (format.starts_with("d:")) return "decimal";
  if (format.starts_with("w:")) return "fixed_size_binary";
  if (format.starts_with("+w:")) return "fixed_size_list";
  if (format.starts_with("+u")) return "union";
  return "“" + std::string(format) + "”";
}

std::string Quoted(std::string_view name) { return "\"" + std::string(name) + "\""; }

std::string NoColumn(const ArrowSchema& schema, const RowNames& names, size_t field) {
  constexpr int64_t kMaxListed = 12;
  constexpr size_t kMaxNameBytes = 60;
  std::string list;
  for (int64_t at = 0; at < std::min(schema.n_children, kMaxListed); ++at) {
    const char* const name = schema.children[at]->name;
    list += (at > 0 ? ", " : "") + Quoted(std::string_view(name == nullptr ? "" : name).substr(0, kMaxNameBytes));
  }
  if (schema.n_children > kMaxListed) list += ", ...";
  const std::string argument = kUsualNames[field];
  return "the table has no column " + Quoted(*names.of[field]) +
         (list.empty() ? " and no other" : "; its columns are " + list) + ": name the one that holds the " +
         (field == kText ? "text" : argument) + " (" + argument + "=)";
}

template <typename Number>
Number NumberAt(const void* values, int64_t at) {
  Number number;
  std::memcpy(&number, static_cast<const char*>(values) + at * int64_t{sizeof(Number)}, sizeof number);
  return number;
}

}  // namespace

ColumnValues::ColumnValues(const ArrowArray& array, const ArrowArray* table, const ColumnType& type,
                           const std::optional<ColumnType>& index)
    : type_(index ? *index : type),
      table_offset_(table == nullptr ? 0 : table->offset),
      offset_(array.offset + table_offset_) {
  if (type_.layout == ColumnLayout::kNull) return;
  if (table != nullptr && table->null_count != 0) table_validity_ = static_cast<const uint8_t*>(table->buffers[0]);
  if (array.null_count != 0) validity_ = static_cast<const uint8_t*>(array.buffers[0]);
  values_ = array.buffers[1];
  if (type_.layout == ColumnLayout::kText || type_.layout == ColumnLayout::kLargeText)
    bytes_ = static_cast<const char*>(array.buffers[2]);
  if (type_.layout == ColumnLayout::kTextView) data_ = array.buffers + 2;
  if (index) dictionary_ = std::make_unique<const ColumnValues>(*array.dictionary, nullptr, type, std::nullopt);
}

bool ColumnValues::IsNull(int64_t row) const {
  if (type_.layout == ColumnLayout::kNull) return true;
  const auto is_null = [](const uint8_t* validity, int64_t at) {
    return validity != nullptr && (validity[at / 8] >> (at % 8) & 1) == 0;
  };
  return is_null(validity_, offset_ + row) || is_null(table_validity_, table_offset_ + row);
}

int64_t ColumnValues::Number(int64_t row) const {
  const int64_t at = offset_ + row;
  switch (type_.layout) {
    case ColumnLayout::kInt8:
      return NumberAt<int8_t>(values_, at);
    case ColumnLayout::kUint8:
      return NumberAt<uint8_t>(values_, at);
    case ColumnLayout::kInt16:
      return NumberAt<int16_t>(values_, at);
    case ColumnLayout::kUint16:
      return NumberAt<uint16_t>(values_, at);
    case ColumnLayout::kInt32:
    case ColumnLayout::kDay:
      return NumberAt<int32_t>(values_, at);
    case ColumnLayout::kUint32:
      return NumberAt<uint32_t>(values_, at);
    default:
      return NumberAt<int64_t>(values_, at);
  }
}

std::string_view ColumnValues::Text(int64_t row) const {
  const int64_t at = offset_ + row;
  int64_t begin = 0, end = 0;
  switch (type_.layout) {
    case ColumnLayout::kText:
      begin = NumberAt<int32_t>(values_, at);
      end = NumberAt<int32_t>(values_, at + 1);
      break;
    case ColumnLayout::kLargeText:
      begin = NumberAt<int64_t>(values_, at);
      end = NumberAt<int64_t>(values_, at + 1);
      break;
    default: {  // a view: size; then the text, or its first four bytes, its buffer and its offset there
      const char* const view = static_cast<const char*>(values_) + at * kViewBytes;
      const auto size = NumberAt<int32_t>(view, 0);
      if (size <= kMaxInlineBytes) return {view + sizeof size, static_cast<size_t>(size)};
      const auto* const bytes = static_cast<const char*>(data_[NumberAt<int32_t>(view, 2)]);
      return {bytes + NumberAt<int32_t>(view, 3), static_cast<size_t>(size)};
    }
  }
  if (begin == end) return {"", 0};  // a column of empty texts may have no bytes
  return {bytes_ + begin, static_cast<size_t>(end - begin)};
}

std::optional<std::string_view> ColumnValues::At(int64_t row, std::string& memory) const {
  if (IsNull(row)) return std::nullopt;
  if (dictionary_) return dictionary_->At(Number(row), memory);
  memory.clear();
  switch (type_.layout) {
    case ColumnLayout::kText:
    case ColumnLayout::kLargeText:
    case ColumnLayout::kTextView:
      return Text(row);
    case ColumnLayout::kDay:
      AppendDate(Number(row), memory);
      return memory;
    case ColumnLayout::kDayInMs: {
      const int64_t milliseconds = Number(row);
      AppendDate(milliseconds / kMillisecondsOfDay - (milliseconds % kMillisecondsOfDay < 0), memory);
      return memory;
    }
    case ColumnLayout::kMoment:
      AppendMoment(Number(row), type_.per_second, type_.is_utc, memory);
      return memory;
    default: {
      char digits[24];
      const bool is_large = type_.layout == ColumnLayout::kUint64;
      const auto end = is_large ? std::to_chars(digits, digits + sizeof digits, static_cast<uint64_t>(Number(row))).ptr
                                : std::to_chars(digits, digits + sizeof digits, Number(row)).ptr;
      memory.assign(digits, end);
      return memory;
    }
  }
}

absl::StatusOr<ArrowColumns::Column> ArrowColumns::Make(const ArrowSchema& schema, int64_t child, size_t field,
                                                        const std::string& name) {
  const ArrowSchema& values = schema.dictionary != nullptr ? *schema.dictionary : schema;
  const std::optional<ColumnType> type = TypeOf(values.format, field);
  Column column{child, type.value_or(ColumnType()), std::nullopt};
  if (schema.dictionary != nullptr) column.index = FindLayout(kIntegers, schema.format);
  if (type && (schema.dictionary == nullptr || column.index)) return column;
  const std::string argument = kUsualNames[field];
  std::string message = "the column " + Quoted(name) + " is of type " +
                        (schema.dictionary != nullptr ? "dictionary of " : "") + TypeName(values) + ", and " +
                        argument + "= takes " + TypesTaken(field) + ": cast it";
  if (field != kText) message += ", or leave it out with " + argument + "=None";
  return absl::InvalidArgumentError(message);
}

absl::StatusOr<ArrowColumns> ArrowColumns::Find(const ArrowSchema& schema, const RowNames& names) {
  ArrowColumns found;
  if (std::string_view(schema.format) != "+s" || schema.dictionary != nullptr) {
    auto text = Make(schema, -1, kText, schema.name == nullptr ? "" : schema.name);
    if (!text.ok()) return text.status();
    found.columns_[kText] = *std::move(text);
    return found;
  }
  for (size_t field = 0; field < kRowFields; ++field) {
    if (!names.of[field]) continue;
    int64_t child = -1;
    for (int64_t at = schema.n_children; at-- > 0;) {
      const char* const name = schema.children[at]->name;
      if (name != nullptr && *names.of[field] == name) child = at;
    }
    if (child < 0) {
      if (field != kText && !names.IsGiven(field)) continue;
      return absl::InvalidArgumentError(NoColumn(schema, names, field));
    }
    auto column = Make(*schema.children[child], child, field, *names.of[field]);
    if (!column.ok()) return column.status();
    found.columns_[field] = *std::move(column);
  }
  return found;
}

std::array<std::optional<ColumnValues>, kRowFields> ArrowColumns::ValuesOf(const ArrowArray& batch) const {
  std::array<std::optional<ColumnValues>, kRowFields> values;
  for (size_t field = 0; field < kRowFields; ++field) {
    if (!columns_[field]) continue;
    const auto& [child, type, index] = *columns_[field];
    if (child < 0) {
      values[field].emplace(batch, nullptr, type, index);
    } else {
      values[field].emplace(*batch.children[child], &batch, type, index);
    }
  }
  return values;
}

}  // namespace unspin::python
