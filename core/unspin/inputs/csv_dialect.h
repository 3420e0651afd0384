// How a file of CSV is written: what parts its fields, how quotes stand inside of quotes, and how its lines end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace unspin {

enum class CsvQuotes : uint8_t {
  kDoubled,    // a field may stand in double quotes; a quote inside of them is written twice (RFC 4180)
  kBackslash,  // likewise, and a backslash takes its meaning from the delimiter, quote, line end or backslash behind it
  kNone,       // quotes are signs like all others
  kLetters,    // likewise, and "\n" is a line end, "\t" a tab, "\\" a backslash, as MySQL and PostgreSQL dump tables
};

constexpr bool HasQuotes(CsvQuotes quotes) { return quotes == CsvQuotes::kDoubled || quotes == CsvQuotes::kBackslash; }
constexpr bool HasBackslashes(CsvQuotes quotes) {
  return quotes == CsvQuotes::kBackslash || quotes == CsvQuotes::kLetters;
}

struct CsvDialect {
  char delimiter = ',';
  CsvQuotes quotes = CsvQuotes::kDoubled;
  char line_end = '\n';          // '\r' in files of old Macs. A '\r' before '\n' is part of the line end
  bool names_delimiter = false;  // the first line is "sep=;", as Excel writes it, and no record
  friend bool operator==(const CsvDialect&, const CsvDialect&) = default;
};

// What a table is, as far as its first bytes show.
struct CsvLook {
  CsvDialect dialect;
  size_t rows = 0;              // that were looked at, without the first
  size_t columns = 0;           // of the first row
  size_t odd = 0;               // rows with another number of fields, and quotes in odd places
  bool escapes_quotes = false;  // some quote inside of quotes is written as the dialect says
  bool names_text = false;      // a field of the first row is the name that was looked for
};

// Which dialect reads these first bytes best: one whose first row has a field `text_name` (empty: it is not looked
// for), then one with several columns, then one with few odd rows. `tabs_first`: the file's name speaks for tabs.
// `is_whole`: `head` is the whole file. A byte order mark is skipped.
CsvLook DetectCsvDialect(std::string_view head, bool is_whole, std::string_view text_name, bool tabs_first);

// Whether the bytes before `at`, from `begin` on, end with an odd number of backslashes.
bool IsBackslashed(std::string_view text, size_t begin, size_t at);

}  // namespace unspin
