#include "unspin/inputs/csv_fields.h"

#include <algorithm>
#include <cstddef>

#include "unspin/base/strings.h"

namespace unspin {
namespace {

class RecordReader {
 public:
  RecordReader(std::string_view record, const CsvDialect& dialect)
      : record_(record), dialect_(dialect), has_backslashes_(HasBackslashes(dialect.quotes)) {}

  void Split(std::vector<CsvField>& fields) {
    fields.clear();
    for (size_t at = 0;;) {
      CsvField& field = fields.emplace_back();
      const bool is_quoted = HasQuotes(dialect_.quotes) && at < record_.size() && record_[at] == '"';
      const size_t end = is_quoted ? ReadQuoted(at + 1, field) : ReadPlain(at, field);
      if (end == record_.size()) return;
      at = end + 1;
    }
  }

 private:
  bool HoldsBackslash(std::string_view bytes) const {
    return has_backslashes_ && bytes.find('\\') != std::string_view::npos;
  }

  // The next delimiter, or the end of the record.
  size_t FindDelimiter(size_t begin) const {
    size_t at = record_.find(dialect_.delimiter, begin);
    while (has_backslashes_ && at != std::string_view::npos && IsBackslashed(record_, begin, at)) {
      at = record_.find(dialect_.delimiter, at + 1);
    }
    return std::min(at, record_.size());
  }

  size_t ReadPlain(size_t begin, CsvField& field) const {
    const size_t end = FindDelimiter(begin);
    field.bytes = record_.substr(begin, end - begin);
    field.has_escapes = HoldsBackslash(field.bytes);
    return end;
  }

  // `begin` is behind the opening quote.
  size_t ReadQuoted(size_t begin, CsvField& field) const {
    field.is_quoted = true;
    size_t quote = begin;
    for (;;) {
      quote = std::min(record_.find('"', quote), record_.size());
      if (quote < record_.size() && has_backslashes_ && IsBackslashed(record_, begin, quote)) {
        ++quote;
      } else if (quote + 1 < record_.size() && record_[quote + 1] == '"') {
        field.has_escapes = true;
        quote += 2;
      } else {
        break;
      }
    }
    field.bytes = record_.substr(begin, quote - begin);
    const size_t behind = std::min(quote + 1, record_.size());
    const size_t end = FindDelimiter(behind);
    field.tail = record_.substr(behind, end - behind);
    field.has_escapes = field.has_escapes || HoldsBackslash(field.bytes) || HoldsBackslash(field.tail);
    return end;
  }

  const std::string_view record_;
  const CsvDialect& dialect_;
  const bool has_backslashes_;
};

// What a letter behind a backslash stands for; the letter itself where it stands for nothing.
char MeaningOfLetter(char letter) {
  switch (letter) {
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'v':
      return '\v';
    default:
      return letter;
  }
}

// Appends a value of CsvQuotes::kLetters.
void AppendLetters(std::string_view bytes, std::string& value) {
  for (size_t at = 0; at < bytes.size(); ++at) {
    const size_t next = std::min(bytes.find('\\', at), bytes.size());
    value.append(bytes.substr(at, next - at));
    at = next + 1;
    if (at < bytes.size()) {
      value.push_back(MeaningOfLetter(bytes[at]));
    } else if (next < bytes.size()) {
      value.push_back('\\');
    }
  }
}

// Appends `bytes`. `doubled`: two quotes are one.
void AppendUnescaped(std::string_view bytes, const CsvDialect& dialect, bool doubled, std::string& value) {
  const bool has_backslashes = HasBackslashes(dialect.quotes);
  const auto loses_meaning = [&](char c) {
    return c == '"' || c == '\\' || c == '\n' || c == '\r' || c == dialect.delimiter;
  };
  for (size_t at = 0; at < bytes.size();) {
    const size_t next = has_backslashes ? bytes.find_first_of("\"\\", at) : bytes.find('"', at);
    value.append(bytes.substr(at, next - at));
    if (next == std::string_view::npos) return;
    at = next;
    const bool has_next = at + 1 < bytes.size();
    if (bytes[at] == '\\' ? has_next && loses_meaning(bytes[at + 1]) : doubled && has_next && bytes[at + 1] == '"')
      ++at;
    value.push_back(bytes[at++]);
  }
}

}  // namespace

void SplitCsvRecord(std::string_view record, const CsvDialect& dialect, std::vector<CsvField>& fields) {
  RecordReader(record, dialect).Split(fields);
}

std::string_view CsvValue(const CsvField& field, const CsvDialect& dialect, std::string& scratch) {
  if (!field.is_quoted && field.bytes == "\\N") return {};  // NULL, as MySQL and PostgreSQL write it
  if (!field.has_escapes && field.tail.empty()) return field.bytes;
  scratch.clear();
  if (dialect.quotes == CsvQuotes::kLetters) {
    AppendLetters(field.bytes, scratch);
  } else if (field.has_escapes) {
    AppendUnescaped(field.bytes, dialect, field.is_quoted, scratch);
    AppendUnescaped(field.tail, dialect, false, scratch);
  } else {
    scratch.append(field.bytes).append(field.tail);
  }
  return scratch;
}

bool IsBlankCsvRow(std::string_view row, const CsvDialect& dialect) {
  return IsWhiteSpace(row) && row.find(dialect.delimiter) == std::string_view::npos;
}

}  // namespace unspin
