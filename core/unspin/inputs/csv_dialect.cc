#include "unspin/inputs/csv_dialect.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <string>
#include <tuple>
#include <vector>

#include "unspin/article/ascii.h"
#include "unspin/base/strings.h"
#include "unspin/inputs/csv_columns.h"
#include "unspin/inputs/csv_fields.h"
#include "unspin/inputs/csv_record_end.h"

namespace unspin {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

// Rows that are looked at: enough that one odd row among them decides nothing.
constexpr size_t kMaxRows = 200;

// The line "sep=;". Returns its delimiter, or '\0' if the first line is none.
char NamedDelimiter(std::string_view head) {
  constexpr std::string_view kName = "sep=";
  std::string_view line = head.substr(0, head.find_first_of("\r\n"));
  if (line.size() == kName.size() + 3 && line.front() == '"' && line.back() == '"')
    line = line.substr(1, line.size() - 2);
  if (line.size() != kName.size() + 1 || AsciiLower(line.substr(0, kName.size())) != kName) return '\0';
  return line.back();
}

std::string_view WithoutFirstLine(std::string_view head) {
  const size_t end = std::min(head.find_first_of("\r\n"), head.size());
  return head.substr(std::min(end + (head.substr(end).starts_with("\r\n") ? 2 : 1), head.size()));
}

// The character that ends the first line. Line ends in quotes are passed over.
char FirstLineEnd(std::string_view head) {
  bool in_quotes = false;
  for (size_t i = 0; i < head.size(); ++i) {
    const char c = head[i];
    if (c == '"') in_quotes = !in_quotes;
    if (in_quotes || (c != '\r' && c != '\n')) continue;
    return c == '\r' && i + 1 < head.size() && head[i + 1] != '\n' ? '\r' : '\n';
  }
  return '\n';
}

// Whether a line end is written as a backslash and an n: behind a sentence, not as in a path of Windows.
bool HoldsLineEndLetters(std::string_view head) {
  constexpr std::string_view kEnds = ".!?\"') ";
  for (size_t at = head.find("\\n", 1); at < head.size(); at = head.find("\\n", at + 1)) {
    if (kEnds.find(head[at - 1]) != std::string_view::npos) return true;
  }
  return false;
}

// Whether a backslash stands before a sign that MySQL and PostgreSQL do not write so.
bool HasOddBackslash(std::string_view bytes) {
  constexpr std::string_view kMeaning = "nrtbfv0NZ\\\t\n";
  for (size_t at = bytes.find('\\'); at < bytes.size(); at = bytes.find('\\', at + 2)) {
    if (at + 1 == bytes.size() || kMeaning.find(bytes[at + 1]) == std::string_view::npos) return true;
  }
  return false;
}

// Whether a field has quotes where its dialect has none.
bool HasOddQuotes(const CsvField& field, CsvQuotes quotes) {
  if (quotes == CsvQuotes::kLetters && HasOddBackslash(field.bytes)) return true;
  if (!HasQuotes(quotes)) return field.bytes.size() > 1 && field.bytes.front() == '"' && field.bytes.back() == '"';
  if (field.is_quoted) return !IsWhiteSpace(field.tail);
  size_t quote = field.bytes.find('"');
  while (quotes == CsvQuotes::kBackslash && quote != std::string_view::npos && IsBackslashed(field.bytes, 0, quote)) {
    quote = field.bytes.find('"', quote + 1);
  }
  return quote != std::string_view::npos;
}

class Look {
 public:
  Look(const CsvDialect& dialect, std::string_view text_name) : text_name_(text_name) { look_.dialect = dialect; }

  CsvLook At(std::string_view head, bool is_whole) {
    CsvRecordEnd record_end(look_.dialect);
    while (!head.empty() && look_.rows < kMaxRows) {
      // A first row that is cut off still names columns.
      const auto found = record_end.Search(head, is_whole || !has_first_);
      if (found == CsvRecordEnd::Found::kMore) break;
      if (found == CsvRecordEnd::Found::kUnclosed) ++look_.odd;
      if (found == CsvRecordEnd::Found::kRecord) AddRow(head.substr(0, record_end.end()));
      head.remove_prefix(std::min(record_end.next(), head.size()));
      record_end.Reset();
    }
    return look_;
  }

 private:
  bool EscapesQuote(const CsvField& field) const {
    const bool has_backslashes = look_.dialect.quotes == CsvQuotes::kBackslash;
    return field.is_quoted && (field.bytes.find("\"\"") != std::string_view::npos ||
                               (has_backslashes && field.bytes.find("\\\"") != std::string_view::npos));
  }

  void AddRow(std::string_view row) {
    if (IsBlankCsvRow(row, look_.dialect)) return;
    SplitCsvRecord(row, look_.dialect, fields_);
    for (const CsvField& field : fields_) look_.escapes_quotes = look_.escapes_quotes || EscapesQuote(field);
    for (const CsvField& field : fields_) look_.odd += HasOddQuotes(field, look_.dialect.quotes);
    if (has_first_) {
      ++look_.rows;
      look_.odd += fields_.size() != look_.columns;
      return;
    }
    has_first_ = true;
    look_.columns = fields_.size();
    if (text_name_.empty()) return;
    std::vector<std::string> names;
    for (const CsvField& field : fields_) names.emplace_back(CsvValue(field, look_.dialect, scratch_));
    look_.names_text = FindCsvColumn(names, text_name_).has_value();
  }

  const std::string_view text_name_;
  CsvLook look_;
  bool has_first_ = false;
  std::vector<CsvField> fields_;
  std::string scratch_;
};

bool IsBetter(const CsvLook& a, const CsvLook& b) {
  const auto rank = [](const CsvLook& look) {
    const double odd = static_cast<double>(look.odd) / static_cast<double>(std::max<size_t>(look.rows, 1));
    return std::tuple(look.names_text, look.columns > 1, -odd, look.columns);
  };
  return rank(a) > rank(b);
}

}  // namespace

CsvLook DetectCsvDialect(std::string_view head, bool is_whole, std::string_view text_name, bool tabs_first) {
  std::string delimiters = tabs_first ? "\t,;|" : ",;\t|";
  if (head.starts_with(kByteOrderMark)) head.remove_prefix(kByteOrderMark.size());
  CsvDialect dialect;
  if (const char named = NamedDelimiter(head); named != '\0') {
    delimiters = named;
    dialect.names_delimiter = true;
  }
  dialect.line_end = FirstLineEnd(head);
  if (dialect.names_delimiter) head = WithoutFirstLine(head);
  const bool has_letters = HoldsLineEndLetters(head);
  CsvLook best;
  bool is_first = true;
  for (const char delimiter : delimiters) {
    dialect.delimiter = delimiter;
    for (const CsvQuotes quotes : {CsvQuotes::kLetters, CsvQuotes::kDoubled, CsvQuotes::kBackslash, CsvQuotes::kNone}) {
      // Only tables parted by tabs are known to be written without quotes.
      if (!HasQuotes(quotes) && delimiter != '\t') continue;
      if (quotes == CsvQuotes::kLetters && !has_letters) continue;
      dialect.quotes = quotes;
      const CsvLook look = Look(dialect, text_name).At(head, is_whole);
      if (is_first || IsBetter(look, best)) best = look;
      is_first = false;
    }
  }
  return best;
}

bool IsBackslashed(std::string_view text, size_t begin, size_t at) {
  assert(begin <= at && at <= text.size());
  size_t first = at;
  while (first > begin && text[first - 1] == '\\') --first;
  return (at - first) % 2 == 1;
}

}  // namespace unspin
