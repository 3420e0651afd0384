// A Parquet file as rows of cells: what the module that links Arrow (parquet_module.cc) offers to the rest.
//
// Program and module are built together, but the module may be missing, and a program that loads one of another version
// must find out: kOpenParquetSymbol has the version of this interface in its name.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "unspin/io/random_access.h"

namespace unspin {

enum class ParquetKind : uint8_t {
  kText,     // strings and bytes; dates and moments as ISO 8601, UUIDs
  kNumber,   // as JSON spells it
  kBoolean,  // likewise
};

// One value of a row, or one element of a list. A null value has no cell, and neither has an empty list.
struct ParquetCell {
  uint32_t column = 0;  // in the columns that were asked for
  ParquetKind kind = ParquetKind::kText;
  std::string_view value;
};

// The rows of one row group, in order. Not safe to share between threads.
class ParquetRows {
 public:
  virtual ~ParquetRows() = default;
  // The cells of the next row by column, and of a list by element. Values are valid until the next call. Returns false
  // at the end, and where the data is damaged: then problem() says how.
  virtual bool Next(std::vector<ParquetCell>& cells) = 0;
  virtual const std::string& problem() const = 0;
};

struct ParquetColumn {
  std::string path;     // "a.b" for the field b of the structure a, and of a list of such structures
  uint32_t fields = 0;  // names that the path is made of: a column's own name may have dots
  bool is_list = false;
};

// Many threads may call its methods. Exceptions of Arrow do not leave it.
class ParquetTable {
 public:
  virtual ~ParquetTable() = default;
  virtual const std::vector<ParquetColumn>& columns() const = 0;
  virtual size_t row_groups() const = 0;
  // What the file says of a row group. Nothing of it need be true.
  virtual uint64_t rows(size_t group) const = 0;
  // Bytes of some columns in a row group, as stored and decompressed.
  struct Size {
    uint64_t stored = 0, decompressed = 0;
  };
  virtual Size SizeOf(size_t group, std::span<const uint32_t> columns) const = 0;
  // Reads some columns of a row group, and takes at most about `max_memory` bytes for that; more is a problem.
  // `whole`: reads a column's bytes at once, else piece by piece.
  virtual std::unique_ptr<ParquetRows> Read(size_t group, std::span<const uint32_t> columns, uint64_t max_memory,
                                            bool whole) const = 0;
};

// Opens a file. Null: it cannot be read, and `problem` says why.
using OpenParquetFunction = ParquetTable*(std::shared_ptr<const RandomAccess> bytes, std::string& problem);
inline constexpr const char* kOpenParquetSymbol = "unspin_open_parquet_1";

}  // namespace unspin
