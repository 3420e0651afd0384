#include "unspin/licence/licence_table.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "unspin/article/ascii.h"
#include "unspin/base/strings.h"
#include "unspin/charset/charset.h"
#include "unspin/inputs/csv_columns.h"
#include "unspin/inputs/csv_dialect.h"
#include "unspin/inputs/csv_fields.h"
#include "unspin/inputs/csv_record_end.h"

namespace unspin {
namespace {

enum class Column { kSite, kOriginal, kFrom, kTo, kState, kMayAlter, kCredit, kLink, kEmbargoHours, kNote, kSource };

constexpr std::array<std::string_view, 11> kColumns = {
    "site", "original", "from", "to", "state", "may_alter", "credit", "link", "embargo_hours", "note", "source"};

std::string NamesOfColumns() {
  std::string names;
  for (const std::string_view name : kColumns) names.append(names.empty() ? "" : ", ").append(name);
  return names;
}

std::optional<bool> YesOrNo(std::string_view cell, bool usual) {
  const std::string word = AsciiLower(cell);
  if (word.empty()) return usual;
  for (const std::string_view yes : {"yes", "y", "true", "1"}) {
    if (word == yes) return true;
  }
  for (const std::string_view no : {"no", "n", "false", "0"}) {
    if (word == no) return false;
  }
  return std::nullopt;
}

// "May alter" and "may-alter" are "may_alter".
std::optional<Column> ColumnOf(std::string_view name) {
  std::string plain = AsciiLower(name);
  std::replace_if(plain.begin(), plain.end(), [](char c) { return c == ' ' || c == '-'; }, '_');
  const auto found = std::find(kColumns.begin(), kColumns.end(), plain);
  if (found == kColumns.end()) return std::nullopt;
  return static_cast<Column>(found - kColumns.begin());
}

// Sets one field of a rule. Returns what is wrong, or nothing.
std::string SetField(Column column, std::string_view cell, LicenceRule& rule) {
  const auto set_choice = [&](bool& field) -> std::string {
    const std::optional<bool> choice = YesOrNo(cell, field);
    if (!choice) return QuotedForMessage(cell) + " is neither yes nor no";
    field = *choice;
    return "";
  };
  switch (column) {
    case Column::kSite:
      rule.site = cell;
      return "";
    case Column::kOriginal:
      rule.original = cell;
      return "";
    case Column::kFrom:
      rule.from = cell;
      return "";
    case Column::kTo:
      rule.to = cell;
      return "";
    case Column::kState:
      rule.state = cell;
      return "";
    case Column::kMayAlter:
      return set_choice(rule.may_alter);
    case Column::kCredit:
      return set_choice(rule.credit);
    case Column::kLink:
      return set_choice(rule.link);
    case Column::kEmbargoHours: {
      if (cell.empty()) return "";
      const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), rule.embargo_hours);
      if (error == std::errc() && end == cell.data() + cell.size()) return "";
      return QuotedForMessage(cell) + " is no whole number of hours";
    }
    case Column::kNote:
      rule.note = cell;
      return "";
    case Column::kSource:
      rule.source = cell;
      return "";
  }
  return "";
}

class TableReader {
 public:
  TableReader(std::string_view csv, std::string_view name) : csv_(csv), name_(name) {}

  absl::StatusOr<std::vector<LicenceRule>> Read() {
    SkipPreamble();
    std::vector<LicenceRule> rules;
    bool has_header = false;
    for (;;) {
      absl::StatusOr<bool> more = NextRow();
      if (!more.ok()) return more.status();
      if (!*more) break;
      const bool is_empty = std::all_of(cells_.begin(), cells_.end(), [](const auto& cell) { return cell.empty(); });
      if (is_empty) continue;
      if (!has_header) {
        if (absl::Status header = TakeHeader(); !header.ok()) return header;
        has_header = true;
        continue;
      }
      LicenceRule rule;
      if (absl::Status row = TakeRow(rule); !row.ok()) return row;
      rules.push_back(std::move(rule));
    }
    if (has_header) return rules;
    return Wrong("the table is empty; its first row must name the columns: " + NamesOfColumns());
  }

 private:
  absl::Status Wrong(const std::string& message) const {
    const std::string whole = std::string(name_) + ":" + std::to_string(line_) + ": " + message;
    return absl::InvalidArgumentError(AbslView(whole));
  }

  // The names of columns hold no sign that parts fields, so the first such sign of the header is the delimiter.
  void SkipPreamble() {
    constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf", kSeparatorLine = "sep=";
    if (csv_.starts_with(kByteOrderMark)) csv_.remove_prefix(kByteOrderMark.size());
    if (csv_.find('\n') == std::string_view::npos) dialect_.line_end = '\r';
    const std::string_view first = csv_.substr(0, csv_.find(dialect_.line_end));
    if (AsciiLower(first.substr(0, kSeparatorLine.size())) == kSeparatorLine && first.size() > kSeparatorLine.size()) {
      dialect_.delimiter = first[kSeparatorLine.size()];
      csv_.remove_prefix(std::min(csv_.size(), first.size() + 1));
      line_ = next_line_ = 2;
      return;
    }
    const size_t header = csv_.find_first_not_of("\r\n");
    if (header == std::string_view::npos) return;
    const std::string_view names = csv_.substr(header, csv_.find_first_of("\r\n", header) - header);
    if (const size_t at = names.find_first_of(",;\t|"); at != std::string_view::npos) dialect_.delimiter = names[at];
  }

  // Fills cells_ with the next row and line_ with its line. False at the end.
  absl::StatusOr<bool> NextRow() {
    line_ = next_line_;
    if (csv_.empty()) return false;
    CsvRecordEnd end(dialect_);
    if (end.Search(csv_, /*at_end=*/true) != CsvRecordEnd::Found::kRecord) {
      next_line_ += Lines(csv_.substr(0, end.quote()));
      line_ = next_line_;
      return Wrong("a quotation mark is opened and not closed; close it, or double it inside of a quoted field");
    }
    const std::string_view row = csv_.substr(0, end.end());
    const size_t next = std::min(end.next(), csv_.size());
    next_line_ += Lines(csv_.substr(0, next));
    csv_.remove_prefix(next);
    SplitCsvRecord(row, dialect_, fields_);
    cells_.clear();
    for (const CsvField& field : fields_) {
      cells_.emplace_back(TrimmedCsvName(CsvValue(field, dialect_, scratch_)));
    }
    return true;
  }

  size_t Lines(std::string_view bytes) const {
    return static_cast<size_t>(std::count(bytes.begin(), bytes.end(), dialect_.line_end));
  }

  absl::Status TakeHeader() {
    for (const std::string& name : cells_) {
      const std::optional<Column> column = ColumnOf(name);
      if (!column && !name.empty()) {
        return Wrong("there is no column " + QuotedForMessage(name) + "; the columns are " + NamesOfColumns() +
                     "; rename it or take it out");
      }
      if (column && std::find(columns_.begin(), columns_.end(), column) != columns_.end()) {
        return Wrong("the column " + QuotedForMessage(name) + " is there twice; take one out");
      }
      columns_.push_back(column);
    }
    if (std::find(columns_.begin(), columns_.end(), Column::kSite) != columns_.end()) return absl::OkStatus();
    return Wrong("the first row names no column \"site\"; the columns are " + NamesOfColumns());
  }

  absl::Status TakeRow(LicenceRule& rule) const {
    for (size_t i = 0; i < cells_.size(); ++i) {
      const std::optional<Column> column = i < columns_.size() ? columns_[i] : std::nullopt;
      if (!column && !cells_[i].empty()) {
        return Wrong(QuotedForMessage(cells_[i]) +
                     " stands in a column without a name; name it, or put the text in quotes");
      }
      if (!column) continue;
      if (const std::string problem = SetField(*column, cells_[i], rule); !problem.empty()) {
        return Wrong(std::string(kColumns[static_cast<size_t>(*column)]) + ": " + problem + "; correct it");
      }
    }
    const absl::Status clean = CleanLicenceRule(rule);
    return clean.ok() ? clean : Wrong(std::string(StdView(clean.message())));
  }

  std::string_view csv_;  // what is left of the table
  const std::string_view name_;
  CsvDialect dialect_;
  std::vector<std::optional<Column>> columns_;
  std::vector<CsvField> fields_;
  std::vector<std::string> cells_;
  std::string scratch_;
  size_t line_ = 1, next_line_ = 1;
};

std::string Cell(std::string_view value) {
  if (value.find_first_of(",;\t|\"\r\n") == std::string_view::npos) return std::string(value);
  std::string cell = "\"";
  for (const char c : value) cell.append(c == '"' ? 2 : 1, c);
  return cell + '"';
}

}  // namespace

absl::StatusOr<std::vector<LicenceRule>> ParseLicences(std::string_view csv, std::string_view name) {
  const std::string file(name);
  if (csv.size() > kMaxLicenceTableBytes) {
    const std::string message = file + ": larger than " + std::to_string(kMaxLicenceTableBytes >> 20) +
                                " MiB, so it is no table of licences; give the right file";
    return absl::InvalidArgumentError(AbslView(message));
  }
  if (IsValidUtf8(csv)) return TableReader(csv, name).Read();
  const std::optional<DecodedBytes> decoded = DecodeText(std::string(csv), nullptr);
  if (decoded) return TableReader(decoded->text, name).Read();
  const std::string message = file + ": it is not valid UTF-8; save it as \"CSV UTF-8\"";
  return absl::InvalidArgumentError(AbslView(message));
}

std::string RenderLicences(std::span<const LicenceRule> rules) {
  const auto yes_or_no = [](bool value) { return std::string(value ? "yes" : "no"); };
  std::string csv;
  for (const std::string_view name : kColumns) csv.append(csv.empty() ? "" : ",").append(name);
  csv += '\n';
  for (const LicenceRule& rule : rules) {
    csv += Cell(rule.site);
    for (const std::string& value :
         {rule.original, rule.from, rule.to, rule.state, yes_or_no(rule.may_alter), yes_or_no(rule.credit),
          yes_or_no(rule.link), std::to_string(rule.embargo_hours), rule.note, rule.source}) {
      csv += "," + Cell(value);
    }
    csv += '\n';
  }
  return csv;
}

}  // namespace unspin
