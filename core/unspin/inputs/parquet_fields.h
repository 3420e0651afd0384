// Which columns of a Parquet file hold the fields of an article.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "unspin/inputs/parquet_table.h"
#include "unspin/records/field_census.h"
#include "unspin/records/reader_options.h"

namespace unspin {

struct ParquetFields {
  struct Kept {
    std::string name;
    uint32_t column = 0;  // in `columns`
    bool is_list = false;
  };

  std::vector<uint32_t> columns;  // of the table, those that are read, each once
  // Where each field of an article is in `columns`; nothing: the file does not have it. In the order of ArticleFields.
  std::array<std::optional<uint32_t>, kArticleFields> fields;
  std::vector<Kept> kept;

  bool has_text() const { return fields[1].has_value(); }
};

// `text_only`: the fields that a TextRecord needs.
ParquetFields FindParquetFields(std::span<const ParquetColumn> columns, const ReaderOptions& options, bool text_only);

// What to say of a file that has no column of texts under the name given: which columns it has.
std::string NoTextColumn(std::span<const ParquetColumn> columns, const std::string& name);

}  // namespace unspin
