// A row of a Parquet file → an article.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "unspin/charset/charset.h"
#include "unspin/inputs/parquet_fields.h"
#include "unspin/inputs/parquet_table.h"
#include "unspin/records/reader_options.h"
#include "unspin/records/record_parser.h"

namespace unspin {

// Rows come as cells, or as cells written to bytes (AppendCells) on their way to another thread.
class ParquetRowParser final : public RecordParser {
 public:
  // The cells' columns are those of `fields`.
  ParquetRowParser(std::string path, std::shared_ptr<const ParquetFields> fields, const ReaderOptions& options);

  // `number` is that of the row in the file, from 1.
  Record FromCells(std::span<const ParquetCell> cells, uint64_t number);
  // The result is valid as long as the cells, and until the next call.
  TextRecord TextFromCells(std::span<const ParquetCell> cells, uint64_t number);

 private:
  std::optional<Record> ParseBytes(std::string_view bytes, uint64_t number) override;
  std::optional<TextRecord> ParseTextOfBytes(std::string_view bytes, uint64_t number) override;

  // The cells that AppendCells wrote.
  std::span<const ParquetCell> CellsIn(std::string_view bytes);
  // The cells of a field; none: it is null, or the file does not have it.
  std::span<const ParquetCell> CellsOf(std::optional<uint32_t> column, std::span<const ParquetCell> cells) const;
  // The text of the article, in the cells or in paragraphs_. Returns what is wrong, if anything.
  std::string FindText(std::span<const ParquetCell> cells, std::string_view& text);
  // A field that is one string or number; empty: it is neither.
  std::string_view ValueOf(size_t field, std::span<const ParquetCell> cells);
  std::string NoText(std::string_view what) const;
  void Keep(std::span<const ParquetCell> cells, Article& article) const;

  const std::shared_ptr<const ParquetFields> fields_;
  const ReaderOptions options_;
  std::vector<ParquetCell> cells_;  // of the last ParseBytes
  std::string paragraphs_;          // the text, where it is a list
  DecodedBytes decoded_;            // likewise, where it is no UTF-8
  Article cleaned_;                 // holds the text of TextFromCells if it was cleaned
  std::string id_, published_;      // of the last TextFromCells
};

void AppendCells(std::span<const ParquetCell> cells, std::vector<char>& bytes);

}  // namespace unspin
