#include "unspin/inputs/csv_columns.h"

#include <algorithm>
#include <charconv>
#include <functional>
#include <system_error>

#include "absl/status/status.h"
#include "unspin/article/ascii.h"
#include "unspin/base/strings.h"
#include "unspin/records/field_census.h"

namespace unspin {
namespace {

constexpr size_t kTextField = 1;  // in the order of ArticleFields

std::optional<size_t> FindFirst(std::span<const std::string> names, const std::function<bool(const std::string&)>& is) {
  for (size_t i = 0; i < names.size(); ++i) {
    if (is(names[i])) return i;
  }
  return std::nullopt;
}

std::string Listed(std::span<const std::string> names) {
  constexpr size_t kMaxListed = 12, kMaxNameBytes = 60;
  std::string list;
  for (size_t i = 0; i < std::min(names.size(), kMaxListed); ++i) {
    list += (i > 0 ? ", \"" : "\"") + std::string(TrimmedCsvName(names[i]).substr(0, kMaxNameBytes)) + "\"";
  }
  return names.size() > kMaxListed ? list + ", ..." : list;
}

std::string NoTextColumn(std::span<const std::string> names, const ReaderOptions& options) {
  if (options.has_header) {
    return "the table has no column \"" + options.fields.text + "\"; its columns are " + Listed(names) +
           ": name the one that holds the text (--text-field), or, if the first row is no header, give its number "
           "(--no-header --text-field 1)";
  }
  const std::string count = std::to_string(names.size());
  const std::string what = options.fields.text == FieldNames().text
                               ? "the table is read without a header, so its columns have numbers"
                               : "the table has no column number \"" + options.fields.text + "\"";
  return what + "; there are " + count + " in its first row: give the number of the one that holds the text, 1 to " +
         count + " (--text-field)";
}

// The column of this number, counted from 1.
std::optional<size_t> ColumnOfNumber(std::string_view number, size_t columns) {
  size_t column = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), column);
  if (error != std::errc() || end != number.data() + number.size() || column < 1 || column > columns) return {};
  return column - 1;
}

// What is wrong with the name of the text's column if several columns have it; empty if none but `first` has. Readers
// differ in which of them they take.
std::string SeveralColumns(std::span<const std::string> names, size_t first) {
  std::string numbers;
  for (size_t i = first; i < names.size(); ++i) {
    if (names[i] == names[first]) numbers += (i > first ? ", " : "") + std::to_string(i + 1);
  }
  if (numbers.find(',') == std::string::npos) return "";
  return "several columns are called \"" + std::string(TrimmedCsvName(names[first])) + "\", the columns number " +
         numbers + ": give the number of the one that holds the text (--text-field " + std::to_string(first + 1) + ")";
}

}  // namespace

std::string_view TrimmedCsvName(std::string_view name) {
  constexpr std::string_view kSpace = " \t\r\n";
  const size_t begin = std::min(name.find_first_not_of(kSpace), name.size());
  return name.substr(begin, name.find_last_not_of(kSpace) + 1 - begin);
}

std::optional<size_t> FindCsvColumn(std::span<const std::string> names, std::string_view name) {
  if (const auto exact = FindFirst(names, [&](const std::string& column) { return column == name; })) return exact;
  const std::string lower = AsciiLower(TrimmedCsvName(name));
  return FindFirst(names, [&](const std::string& column) { return AsciiLower(TrimmedCsvName(column)) == lower; });
}

absl::StatusOr<CsvColumns> FindCsvColumns(std::span<const std::string> first_row, const ReaderOptions& options) {
  std::vector<std::string> names(first_row.begin(), first_row.end());
  if (!options.has_header) {
    for (size_t i = 0; i < names.size(); ++i) names[i] = std::to_string(i + 1);
  }
  const auto fields = ArticleFields(options.fields);
  std::array<std::optional<size_t>, kArticleFields> columns;
  for (size_t i = 0; i < kArticleFields; ++i) columns[i] = FindCsvColumn(names, *fields[i]);
  std::optional<size_t>& text = columns[kTextField];
  if (text) {
    if (std::string problem = SeveralColumns(names, *text); !problem.empty()) {
      return absl::InvalidArgumentError(problem);
    }
  } else {
    text = ColumnOfNumber(options.fields.text, names.size());
  }
  if (options.census) {
    for (const std::string& name : names) options.census->AddName(TrimmedCsvName(name));
    for (size_t i = 0; i < kArticleFields; ++i) {
      if (columns[i]) options.census->SetSeen(i);
    }
  }
  if (!text) return absl::InvalidArgumentError(NoTextColumn(names, options));
  CsvColumns found;
  found.count = names.size();
  found.text = *text;
  found.id = columns[0];
  found.title = columns[2];
  found.url = columns[3];
  found.site = columns[4];
  found.published = columns[5];
  found.fetched = columns[6];
  for (const std::string& name : options.keep) {
    if (const auto column = FindCsvColumn(names, name)) found.kept.emplace_back(name, *column);
  }
  if (options.census) {
    for (const auto& [name, column] : found.kept) options.census->SetKept(name);
  }
  return found;
}

}  // namespace unspin
