// The bytes of one row of a table → an article.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "unspin/charset/charset.h"
#include "unspin/inputs/csv_columns.h"
#include "unspin/inputs/csv_dialect.h"
#include "unspin/inputs/csv_fields.h"
#include "unspin/records/reader_options.h"
#include "unspin/records/record_parser.h"

namespace unspin {

// What the parsers of a file share.
struct CsvTable {
  CsvDialect dialect;
  CsvColumns columns;
  ReaderOptions options;
  const Charset* likely = nullptr;  // the character set of rows that are no UTF-8; null: unknown
  std::string_view converted_from;  // the set that the file had before it became UTF-8; empty: it was not converted
};

// A row whose fields are all empty is no article.
class CsvArticleParser final : public RecordParser {
 public:
  CsvArticleParser(std::string path, std::shared_ptr<const CsvTable> table);

 private:
  using Problem = std::optional<std::string>;

  std::optional<Record> ParseBytes(std::string_view bytes, uint64_t number) override;
  std::optional<TextRecord> ParseTextOfBytes(std::string_view bytes, uint64_t number) override;

  // Fills fields_, and decoded_ if the row is not UTF-8.
  Problem ReadFields(std::string_view row);
  // Whether all of fields_ are empty; counts the row then.
  bool IsEmptyRow() const;
  Problem WrongCount() const;
  BadRecord BadRow(uint64_t number, const std::string& problem) const;
  std::string NoText() const;
  // A field's value; the memory of `scratch` holds it if it differs from what is written.
  std::string_view Value(size_t column, std::string& scratch) const;
  std::string_view Value(std::optional<size_t> column, std::string& scratch) const;

  const std::shared_ptr<const CsvTable> table_;
  DecodedBytes decoded_;  // holds the row if it was converted
  std::vector<CsvField> fields_;
  Article cleaned_;  // holds the text of ParseTextOfBytes if it was cleaned
  std::string id_, published_, text_, scratch_;
};

}  // namespace unspin
