// A stream of CSV → one record each, also in blocks. Blank lines are skipped, and they do not count.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "unspin/inputs/csv_dialect.h"
#include "unspin/inputs/csv_fields.h"
#include "unspin/inputs/csv_record_end.h"
#include "unspin/records/record_splitter.h"

namespace unspin {

// A record whose quote is not closed becomes one with a problem, and the search goes on in the line behind the quote's.
// The lines that follow may be rows or the rest of a text: those that look like a text become records with a problem
// too.
class CsvSplitter final : public RecordSplitter {
 public:
  // Rows in a row that fit a table behind a quote that is not closed: they are no chance.
  static constexpr int kTrustedRows = 3;

  // Bytes held while the end of a record is sought; a longer record becomes one with a problem.
  static constexpr size_t kMaxRecordBytes = 2 * CsvRecordEnd::kMaxQuotedBytes;

  CsvSplitter(std::unique_ptr<ByteStream> stream, uint64_t max_bytes, const CsvDialect& dialect);

  // Copies the first record. Where it is the header, it is not among the records that follow, and does not count.
  // Returns why that fails, or nothing. REQUIRES: no record was taken.
  std::string ReadFirst(bool is_header, std::string& bytes);

  // Fields of every row; 0: unknown.
  void set_columns(size_t columns) { columns_ = columns; }

  // The table writes quotes inside of quotes as its dialect says, so a row that does not is damaged.
  void set_escapes_quotes(bool escapes_quotes) { escapes_quotes_ = escapes_quotes; }

  bool has_blocks() const override { return true; }
  bool NextBlock(RawRecords& block) override;

 private:
  using Found = CsvRecordEnd::Found;

  bool NextRecord(RawRecord& raw) override;
  // Searches for a record in what is held, behind blank lines, which it consumes. kMore: there is none.
  Found FindHeld();
  // Fills the buffer until FindHeld finds something. kMore: the stream is at its end, or the record too long.
  Found Find();
  // Consumes what FindHeld found.
  void ConsumeFound();
  // Consumes the rest of a line, as far as it is held, if one is to be skipped.
  void SkipHeldLine();
  bool TakeHeld(RawRecord& raw);
  void Take(Found found, RawRecord& raw);
  void Doubt(uint64_t quote);
  std::string NotClosed(uint64_t record_begin) const;

  // What is wrong with a row behind a quote that is not closed, if it is likely no row.
  std::string ProblemOfDoubtedRow(std::string_view row);

  const CsvDialect dialect_;
  CsvRecordEnd record_end_;
  size_t columns_ = 0;
  bool escapes_quotes_ = false;
  int doubted_rows_ = 0;     // rows that must fit before rows are trusted again
  uint64_t doubted_by_ = 0;  // offset of the quote that is not closed
  std::vector<CsvField> fields_;
  bool skips_line_;
};

}  // namespace unspin
