// One record of CSV → its fields.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "unspin/inputs/csv_dialect.h"

namespace unspin {

// A field as it is written. Borrows from its record.
struct CsvField {
  std::string_view bytes;    // without the quotes around it
  std::string_view tail;     // what stands between the closing quote and the next delimiter; nothing in sound files
  bool is_quoted = false;    // it stood in quotes
  bool has_escapes = false;  // quotes that were doubled, or backslashes
};

// Any bytes have fields, at least one. The record comes without its line end; `fields` is overwritten.
void SplitCsvRecord(std::string_view record, const CsvDialect& dialect, std::vector<CsvField>& fields);

// The field's value: a part of the record where nothing has to be undone, else `scratch`, which is overwritten. As in
// Python's csv, a tail belongs to the value.
std::string_view CsvValue(const CsvField& field, const CsvDialect& dialect, std::string& scratch);

// Whether a row has no field at all: it is empty, or white space without a delimiter.
bool IsBlankCsvRow(std::string_view row, const CsvDialect& dialect);

}  // namespace unspin
