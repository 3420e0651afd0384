#include "unspin/inputs/csv_splitter.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "unspin/inputs/csv_fields.h"

namespace unspin {

CsvSplitter::CsvSplitter(std::unique_ptr<ByteStream> stream, uint64_t max_bytes, const CsvDialect& dialect)
    : RecordSplitter(std::move(stream), std::min<uint64_t>(max_bytes, kMaxRecordBytes)),
      dialect_(dialect),
      record_end_(dialect),
      skips_line_(dialect.names_delimiter) {}

void CsvSplitter::SkipHeldLine() {
  if (!skips_line_) return;
  const size_t line_end = buffer().held().find(dialect_.line_end);
  skips_line_ = line_end == std::string_view::npos;
  buffer().Consume(skips_line_ ? buffer().held().size() : line_end + 1);
}

CsvSplitter::Found CsvSplitter::FindHeld() {
  for (;;) {
    SkipHeldLine();
    std::string_view held = buffer().held();
    if (dialect_.line_end == '\r' && held.starts_with('\n')) {  // of a line that ends otherwise
      buffer().Consume(1);
      continue;
    }
    if (held.empty()) return Found::kMore;
    const Found found = record_end_.Search(held, buffer().at_end());
    if (found != Found::kRecord || !IsBlankCsvRow(held.substr(0, record_end_.end()), dialect_)) return found;
    ConsumeFound();
  }
}

CsvSplitter::Found CsvSplitter::Find() {
  for (;;) {
    const Found found = FindHeld();
    if (found != Found::kMore || buffer().held().size() > kMaxRecordBytes) return found;
    // At the end of the stream a last search takes the rest as a record, unless the stream broke off inside of it.
    if (!buffer().Fill() && (buffer().held().empty() || !buffer().failure().empty())) return found;
  }
}

void CsvSplitter::ConsumeFound() {
  const size_t next = record_end_.next();
  skips_line_ = next > buffer().held().size();
  buffer().Consume(std::min(next, buffer().held().size()));
  record_end_.Reset();
}

std::string CsvSplitter::NotClosed(uint64_t record_begin) const {
  return "the quote at byte " + std::to_string(record_begin + record_end_.quote()) +
         " of the file is not closed, or a quote in its field is not doubled: correct the row or take it out; reading "
         "goes on at the next line";
}

// Words follow a comma of a text behind a space, fields follow it at once.
std::string CsvSplitter::ProblemOfDoubtedRow(std::string_view row) {
  SplitCsvRecord(row, dialect_, fields_);
  const bool is_text = std::any_of(fields_.begin() + 1, fields_.end(), [](const CsvField& field) {
    return !field.is_quoted && field.bytes.starts_with(' ');
  });
  const bool fits = !is_text && (columns_ == 0 || fields_.size() == columns_);
  doubted_rows_ = fits ? doubted_rows_ - 1 : kTrustedRows;
  if (!is_text) return "";
  return "the row follows the quote at byte " + std::to_string(doubted_by_) +
         " of the file, which has no partner, and looks like a part of its text: correct the row with the quote";
}

void CsvSplitter::Doubt(uint64_t quote) {
  doubted_rows_ = kTrustedRows;
  doubted_by_ = quote;
}

void CsvSplitter::Take(Found found, RawRecord& raw) {
  raw.number = Count();
  raw.offset = buffer().offset();
  if (found == Found::kUnclosed) {
    raw.problem = NotClosed(raw.offset);
    Doubt(raw.offset + record_end_.quote());
  } else {
    raw.bytes = buffer().held().substr(0, record_end_.end());
    const size_t stray = record_end_.stray_quote();
    if (escapes_quotes_ && stray != std::string_view::npos) {
      raw.problem = "a field goes on behind the quote at byte " + std::to_string(raw.offset + stray) +
                    " of the file: double the quote, or take it or the row out";
      Doubt(raw.offset + stray);
    } else if (doubted_rows_ > 0) {
      raw.problem = ProblemOfDoubtedRow(raw.bytes);
    }
    if (raw.bytes.size() > max_bytes()) raw.problem = TooLarge();
  }
  ConsumeFound();
}

bool CsvSplitter::TakeHeld(RawRecord& raw) {
  const Found found = FindHeld();
  if (found == Found::kMore) return false;
  Take(found, raw);
  return true;
}

bool CsvSplitter::NextRecord(RawRecord& raw) {
  const Found found = Find();
  if (found != Found::kMore) {
    Take(found, raw);
    return true;
  }
  if (buffer().held().size() <= kMaxRecordBytes) return TakeRest(raw);
  raw.number = Count();
  raw.problem = TooLarge();
  skips_line_ = true;
  buffer().ConsumeAll();
  record_end_.Reset();
  return true;
}

bool CsvSplitter::NextBlock(RawRecords& block) {
  return TakeBlock(block, [this](RawRecord& raw) { return TakeHeld(raw); });
}

std::string CsvSplitter::ReadFirst(bool is_header, std::string& bytes) {
  Start();
  const Found found = Find();
  if (found == Found::kUnclosed) return "its first row cannot be read: " + NotClosed(buffer().offset());
  if (found == Found::kMore) {
    if (!buffer().failure().empty()) return buffer().failure();
    return buffer().held().empty() ? "there is no row in it; leave it out" : TooLarge();
  }
  bytes = buffer().held().substr(0, record_end_.end());
  if (is_header) {
    ConsumeFound();
  } else {
    record_end_.Reset();
  }
  return "";
}

}  // namespace unspin
