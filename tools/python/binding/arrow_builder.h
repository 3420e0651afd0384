// Columns of results, built row by row → record batches of Arrow, or lists of Python objects.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "binding/arrow_c_data.h"

namespace unspin::python {

enum class ResultType : uint8_t { kText, kLargeText, kUint32, kUint64, kDouble, kBool, kUint32List };

struct ResultColumn {
  const char* name;  // static
  ResultType type;
  bool is_nullable = false;
  int32_t list_size = 0;  // of kUint32List
};

// One column of a batch. REQUIRES of Add…: the type of the column.
class ColumnBuilder {
 public:
  explicit ColumnBuilder(const ResultColumn& column);

  void AddText(std::string_view text);  // kText, which has room for 2 GiB, or kLargeText
  void AddNumber(uint64_t number);      // kUint32, kUint64
  void AddReal(double number);
  void AddBool(bool value);
  void AddList(std::span<const uint32_t> numbers);  // REQUIRES: list_size of them
  void AddNull();                                   // REQUIRES: the column is nullable
  void AddTextOrNull(const std::optional<std::string_view>& text) { text ? AddText(*text) : AddNull(); }
  void AddRealOrNull(const std::optional<double>& number) { number ? AddReal(*number) : AddNull(); }

  const ResultColumn& column() const { return column_; }
  size_t size() const { return size_; }

  // Values of a row. REQUIRES: row < size().
  bool IsNull(size_t row) const;
  std::string_view TextAt(size_t row) const;
  uint64_t NumberAt(size_t row) const;
  double RealAt(size_t row) const;
  bool BoolAt(size_t row) const;
  std::string_view ListAt(size_t row) const;  // bytes of the numbers

  // Moves the column into `out`.
  void Export(ArrowArray* out) &&;

 private:
  void AddValid(bool is_valid);
  template <typename Number>
  void Append(Number number);

  ResultColumn column_;
  size_t size_ = 0, nulls_ = 0;
  std::vector<uint8_t> validity_;  // a bit for each row of a nullable column
  std::string values_;             // numbers, or offsets of the texts
  std::string bytes_;              // of the texts
};

// A batch: columns of equal length.
struct ResultBatch {
  explicit ResultBatch(std::span<const ResultColumn> of) : columns(of.begin(), of.end()) {}

  ColumnBuilder& operator[](size_t column) { return columns[column]; }
  size_t size() const { return columns.front().size(); }

  std::vector<ColumnBuilder> columns;
};

void ExportSchema(std::span<const ResultColumn> columns, ArrowSchema* out);
void ExportBatch(ResultBatch batch, ArrowArray* out);

}  // namespace unspin::python
