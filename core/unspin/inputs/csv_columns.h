// Which columns of a table hold an article's fields.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "unspin/records/reader_options.h"

namespace unspin {

// Columns are counted from 0.
struct CsvColumns {
  size_t count = 0;  // of every row
  size_t text = 0;
  std::optional<size_t> id, title, url, site, published, fetched;
  std::vector<std::pair<std::string, size_t>> kept;  // of ReaderOptions::keep
};

// A column's name without the white space around it.
std::string_view TrimmedCsvName(std::string_view name);

// The column of this name; where none has it, one whose name differs in white space around it and in the case of ASCII
// letters only. The first one where several have it.
std::optional<size_t> FindCsvColumn(std::span<const std::string> names, std::string_view name);

// Finds the columns that `options` name. `first_row` holds the names of the columns, in UTF-8, or, where the options
// say that there is no header, anything: columns have numbers then, and the text's has one where no column is called
// so. Fails where there is no column for the text, or several of its name; the message lists the columns. Tells the
// census of the options which fields there are.
absl::StatusOr<CsvColumns> FindCsvColumns(std::span<const std::string> first_row, const ReaderOptions& options);

}  // namespace unspin
