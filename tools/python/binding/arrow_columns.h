// Record batches of Arrow → the values of their rows as texts, without a copy where a column holds texts.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "binding/arrow_c_data.h"
#include "binding/row_fields.h"

namespace unspin::python {

// How the values of a column are stored.
enum class ColumnLayout : uint8_t {
  kNull,
  kText,       // offsets of 32 bits: "u", "z"
  kLargeText,  // of 64 bits: "U", "Z"
  kTextView,   // "vu", "vz"
  kInt8,
  kUint8,
  kInt16,
  kUint16,
  kInt32,
  kUint32,
  kInt64,
  kUint64,
  kDay,      // days since 1970: "tdD"
  kDayInMs,  // a day as milliseconds since 1970: "tdm"
  kMoment,   // "tss:", "tsm:UTC", …
};

struct ColumnType {
  ColumnLayout layout = ColumnLayout::kNull;
  int64_t per_second = 1;  // of a moment
  bool is_utc = false;     // likewise: it has a zone
};

// Values of one column of one batch. Borrows the batch. Safe to share between threads.
class ColumnValues {
 public:
  // `index`: the type of the indices where `type` is that of a dictionary's values. `table`: the array of structures
  // whose child the column is; null: it is no child.
  ColumnValues(const ArrowArray& array, const ArrowArray* table, const ColumnType& type,
               const std::optional<ColumnType>& index);

  // Nothing: the value is null. Numbers and dates are written into `memory`.
  std::optional<std::string_view> At(int64_t row, std::string& memory) const;

 private:
  bool IsNull(int64_t row) const;
  int64_t Number(int64_t row) const;
  std::string_view Text(int64_t row) const;

  ColumnType type_;
  const uint8_t* validity_ = nullptr;        // null: no value is null
  const uint8_t* table_validity_ = nullptr;  // likewise; where a structure is null, so are its fields
  const void* values_ = nullptr;             // offsets, views or numbers
  const char* bytes_ = nullptr;              // that offsets point into
  const void* const* data_ = nullptr;        // of views: the buffers that they point into
  int64_t table_offset_ = 0, offset_ = 0;    // of row 0
  std::unique_ptr<const ColumnValues> dictionary_;
};

// The columns of a stream of batches that hold the fields of articles.
class ArrowColumns {
 public:
  // `schema` is that of a table, or of one column, which holds the texts. Fails where the text or a column that the
  // caller named is missing, and where a column's type is none that is taken; the message says what is taken.
  static absl::StatusOr<ArrowColumns> Find(const ArrowSchema& schema, const RowNames& names);

  // The values of each field that the table has. REQUIRES: the batch is of the schema.
  std::array<std::optional<ColumnValues>, kRowFields> ValuesOf(const ArrowArray& batch) const;

 private:
  struct Column {
    int64_t child = -1;  // of the batch; -1: the batch is the column
    ColumnType type;
    std::optional<ColumnType> index;  // of a dictionary
  };
  static absl::StatusOr<Column> Make(const ArrowSchema& schema, int64_t child, size_t field, const std::string& name);

  std::array<std::optional<Column>, kRowFields> columns_;
};

}  // namespace unspin::python
