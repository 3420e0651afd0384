// Any bytes as CSV in any dialect: the records do not depend on how they are read, fields survive being written anew,
// and rows that are written well are read as they were.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fuzz/require.h"
#include "reference/csv_reference.h"
#include "support/csv_splits.h"
#include "unspin/inputs/csv_dialect.h"

using unspin::CsvDialect;
using unspin::CsvQuotes;
using unspin::fuzz::Require;
using unspin::reference::CsvRows;
using unspin::testing::CsvSplit;
using unspin::testing::CsvValues;
using unspin::testing::SplitCsv;

namespace {

CsvDialect ChooseDialect(uint8_t choice) {
  constexpr std::string_view kDelimiters = ",;\t|";
  CsvDialect dialect;
  dialect.delimiter = kDelimiters[choice & 3];
  dialect.quotes = static_cast<CsvQuotes>(choice >> 2 & 3);
  dialect.line_end = (choice & 16) != 0 ? '\r' : '\n';
  dialect.names_delimiter = (choice & 96) == 96;
  return dialect;
}

std::vector<CsvSplit> CheckSplits(const std::string& csv, const CsvDialect& dialect, uint8_t sizes,
                                  uint64_t max_bytes) {
  const std::vector<CsvSplit> whole = SplitCsv(csv, dialect, {}, false, max_bytes);
  const std::vector<size_t> pieces = {size_t{sizes} % 8, 1, size_t{sizes} / 8, 64};
  Require(SplitCsv(csv, dialect, pieces, false, max_bytes) == whole, "records do not depend on the sizes of reads");
  Require(SplitCsv(csv, dialect, pieces, true, max_bytes) == whole, "blocks hold the records one by one");
  uint64_t end = 0;
  for (size_t i = 0; i < whole.size(); ++i) {
    Require(whole[i].number == i + 1, "records are counted");
    Require(whole[i].offset >= end, "records do not overlap");
    if (whole[i].problem.empty())
      Require(csv.compare(whole[i].offset, whole[i].bytes.size(), whole[i].bytes) == 0, "records are where they say");
    end = whole[i].offset + whole[i].bytes.size();
  }
  return whole;
}

// A value of a dialect that has no quotes cannot hold everything.
std::string Writable(std::string value, const CsvDialect& dialect) {
  if (dialect.quotes != CsvQuotes::kNone) return value;
  std::erase_if(value, [&](char c) { return c == dialect.delimiter || c == '\n' || c == '\r'; });
  return value;
}

void CheckRewritten(const std::string& record, const CsvDialect& dialect) {
  std::vector<std::string> values = CsvValues(record, dialect);
  for (std::string& value : values) value = Writable(std::move(value), dialect);
  const std::string written = unspin::reference::WriteCsv({values}, dialect, "", /*always_quoted=*/true);
  Require(CsvValues(written, dialect) == values, "fields that are written anew are the same");
}

// Rows made of the bytes: 0xff ends a row, 0xfe a cell.
CsvRows MakeRows(std::string_view bytes, const CsvDialect& dialect) {
  CsvRows rows;
  while (!bytes.empty()) {
    std::string_view row = bytes.substr(0, bytes.find('\xff'));
    bytes.remove_prefix(std::min(row.size() + 1, bytes.size()));
    std::vector<std::string>& cells = rows.emplace_back(1, "x");  // no row is blank
    for (const char c : row) {
      if (c == '\xfe') {
        cells.emplace_back();
      } else {
        cells.back() += Writable(std::string(1, c), dialect);
      }
    }
  }
  return rows;
}

void CheckWellFormed(std::string_view bytes, const CsvDialect& dialect, uint8_t choice) {
  const CsvRows rows = MakeRows(bytes, dialect);
  const std::string_view line_end = dialect.line_end == '\r' ? "\r" : (choice & 64) != 0 ? "\r\n" : "\n";
  const std::string csv = unspin::reference::WriteCsv(rows, dialect, line_end, (choice & 128) != 0);
  Require(unspin::reference::ReadCsv(csv, dialect) == rows, "the reference reads what it wrote");
  CsvRows read;
  for (const CsvSplit& split : SplitCsv(csv, dialect)) {
    Require(split.problem.empty(), "rows that are written well have no problem");
    read.push_back(CsvValues(split.bytes, dialect));
  }
  Require(read == rows, "rows that are written well are read as they were");
}

}  // namespace

// The first byte chooses the dialect, the second one the sizes of reads, the third one the limit.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 3) return 0;
  CsvDialect dialect = ChooseDialect(data[0]);
  const std::string bytes(reinterpret_cast<const char*>(data) + 3, size - 3);
  const uint64_t max_bytes = data[2] < 16 ? data[2] + 1 : uint64_t{1} << 30;
  for (const CsvSplit& split : CheckSplits(bytes, dialect, data[1], max_bytes)) {
    if (split.problem.empty()) CheckRewritten(split.bytes, dialect);
  }
  unspin::DetectCsvDialect(bytes, (data[1] & 1) != 0, "text", (data[1] & 2) != 0);
  dialect.names_delimiter = false;
  CheckWellFormed(bytes, dialect, data[0]);
  return 0;
}
