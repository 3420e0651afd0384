// Reference implementation of CSV: rows are written, and well-formed CSV is read, one character after the other.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "unspin/inputs/csv_dialect.h"

namespace unspin::reference {

using CsvRows = std::vector<std::vector<std::string>>;

inline std::string WriteLetters(std::string_view value, char delimiter) {
  std::string field;
  for (const char c : value) {
    if (c == '\n' || c == '\r' || c == '\\' || c == delimiter) field += '\\';
    field += c == '\n' ? 'n' : c == '\r' ? 'r' : c;
  }
  return field;
}

// A field that is certainly read as `value`. REQUIRES: the dialect has quotes, or the value no delimiter and no line
// end.
inline std::string WriteCsvField(std::string_view value, const CsvDialect& dialect, bool always_quoted) {
  if (dialect.quotes == CsvQuotes::kNone) return std::string(value);
  if (dialect.quotes == CsvQuotes::kLetters) return WriteLetters(value, dialect.delimiter);
  const std::string special = std::string("\"\\\r\n") + dialect.delimiter;
  if (!always_quoted && value.find_first_of(special) == std::string_view::npos) return std::string(value);
  std::string field = "\"";
  for (const char c : value) {
    if (dialect.quotes == CsvQuotes::kBackslash && (c == '"' || c == '\\')) field += '\\';
    if (dialect.quotes == CsvQuotes::kDoubled && c == '"') field += '"';
    field += c;
  }
  return field + "\"";
}

inline std::string WriteCsv(const CsvRows& rows, const CsvDialect& dialect, std::string_view line_end,
                            bool always_quoted) {
  std::string csv;
  for (const auto& row : rows) {
    for (size_t i = 0; i < row.size(); ++i) {
      if (i > 0) csv += dialect.delimiter;
      csv += WriteCsvField(row[i], dialect, always_quoted);
    }
    csv += line_end;
  }
  return csv;
}

// The rows of well-formed CSV.
inline CsvRows ReadCsv(std::string_view csv, const CsvDialect& dialect) {
  CsvRows rows;
  std::vector<std::string> row(1);
  bool in_quotes = false, is_begun = false;
  for (size_t i = 0; i < csv.size(); ++i) {
    const char c = csv[i];
    const char next = i + 1 < csv.size() ? csv[i + 1] : '\0';
    if (HasBackslashes(dialect.quotes) && c == '\\') {
      const bool is_letter = dialect.quotes == CsvQuotes::kLetters;
      row.back() += is_letter && next == 'n' ? '\n' : is_letter && next == 'r' ? '\r' : next;
      ++i;
    } else if (in_quotes) {
      if (c != '"') {
        row.back() += c;
      } else if (dialect.quotes == CsvQuotes::kDoubled && next == '"') {
        row.back() += '"';
        ++i;
      } else {
        in_quotes = false;
      }
    } else if (c == dialect.delimiter) {
      row.emplace_back();
    } else if (c == '\r' && next == '\n' && dialect.line_end == '\n') {
      continue;
    } else if (c == dialect.line_end) {
      rows.push_back(std::exchange(row, std::vector<std::string>(1)));
      is_begun = false;
      continue;
    } else if (c == '"' && HasQuotes(dialect.quotes)) {
      in_quotes = true;
    } else {
      row.back() += c;
    }
    is_begun = true;
  }
  if (is_begun) rows.push_back(row);
  return rows;
}

}  // namespace unspin::reference
