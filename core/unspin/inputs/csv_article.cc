#include "unspin/inputs/csv_article.h"

#include <algorithm>
#include <utility>

#include "unspin/base/strings.h"
#include "unspin/inputs/input_format_table.h"
#include "unspin/json/json_string.h"
#include "unspin/records/clean_text.h"
#include "unspin/records/left_out_records.h"

namespace unspin {
namespace {

std::string Counted(size_t count) { return std::to_string(count) + (count == 1 ? " field" : " fields"); }

}  // namespace

CsvArticleParser::CsvArticleParser(std::string path, std::shared_ptr<const CsvTable> table)
    : RecordParser(std::move(path)), table_(std::move(table)) {}

CsvArticleParser::Problem CsvArticleParser::ReadFields(std::string_view row) {
  decoded_ = DecodedBytes{.text = "", .charset = kUtf8.name};
  if (!IsValidUtf8(row)) {
    std::optional<DecodedBytes> decoded = DecodeText(std::string(row), table_->likely);
    if (!decoded) return "the row is not valid UTF-8, and " + std::string(kUnknownCharset);
    decoded_ = *std::move(decoded);
    row = decoded_.text;
  }
  SplitCsvRecord(row, table_->dialect, fields_);
  return std::nullopt;
}

bool CsvArticleParser::IsEmptyRow() const {
  const bool is_empty = std::all_of(fields_.begin(), fields_.end(), [](const CsvField& field) {
    return IsWhiteSpace(field.bytes) && IsWhiteSpace(field.tail);
  });
  if (is_empty && table_->options.left_out) table_->options.left_out->Add("empty rows");
  return is_empty;
}

// Empty fields behind the last column are no fields: some programs end each row by a delimiter.
CsvArticleParser::Problem CsvArticleParser::WrongCount() const {
  const size_t count = table_->columns.count;
  const auto is_empty = [](const CsvField& field) { return field.bytes.empty() && field.tail.empty(); };
  if (fields_.size() == count) return std::nullopt;
  if (fields_.size() > count &&
      std::all_of(fields_.begin() + static_cast<std::ptrdiff_t>(count), fields_.end(), is_empty))
    return std::nullopt;
  return "the row has " + Counted(fields_.size()) + ", the " + (table_->options.has_header ? "header" : "first row") +
         " has " + std::to_string(count) + ": put fields that hold a delimiter or a line end in quotes";
}

BadRecord CsvArticleParser::BadRow(uint64_t number, const std::string& problem) const {
  return Bad(number, problem + " (the row begins at byte " + std::to_string(offset()) + " of the file)");
}

std::string CsvArticleParser::NoText() const {
  return "the column \"" + table_->options.fields.text + "\" is empty; leave the row out or give it its text";
}

std::string_view CsvArticleParser::Value(size_t column, std::string& scratch) const {
  return CsvValue(fields_[column], table_->dialect, scratch);
}

std::string_view CsvArticleParser::Value(std::optional<size_t> column, std::string& scratch) const {
  return column ? Value(*column, scratch) : std::string_view();
}

std::optional<Record> CsvArticleParser::ParseBytes(std::string_view bytes, uint64_t number) {
  if (const Problem problem = ReadFields(bytes)) return BadRow(number, *problem);
  if (IsEmptyRow()) return std::nullopt;
  if (const Problem problem = WrongCount()) return BadRow(number, *problem);
  const CsvColumns& columns = table_->columns;
  Article article;
  article.reading.format = kCsvFormat.name;
  article.text = Value(columns.text, scratch_);
  NoteDecoding(decoded_, article);
  if (!table_->converted_from.empty()) article.reading.charset = table_->converted_from;
  article.id = Value(columns.id, scratch_);
  if (article.id.empty()) article.id = DefaultId(number);
  article.title = Value(columns.title, scratch_);
  article.url = Value(columns.url, scratch_);
  article.site = Value(columns.site, scratch_);
  article.published = Value(columns.published, scratch_);
  article.fetched = Value(columns.fetched, scratch_);
  CleanText(table_->options.text_is, article);
  if (IsWhiteSpace(article.text)) return BadRow(number, NoText());
  article.path = path();
  article.record = number;
  for (const auto& [name, column] : columns.kept) article.kept.emplace_back(name, JsonString(Value(column, scratch_)));
  return article;
}

std::optional<TextRecord> CsvArticleParser::ParseTextOfBytes(std::string_view bytes, uint64_t number) {
  if (const Problem problem = ReadFields(bytes)) return BadRow(number, *problem);
  if (IsEmptyRow()) return std::nullopt;
  if (const Problem problem = WrongCount()) return BadRow(number, *problem);
  std::string_view text = Value(table_->columns.text, text_);
  std::string_view published = Value(table_->columns.published, published_);
  if (MayNeedCleaning(table_->options.text_is, text)) {
    cleaned_ = Article();
    cleaned_.text = text;
    cleaned_.published = published;
    CleanText(table_->options.text_is, cleaned_);
    text = cleaned_.text;
    published = cleaned_.published;
  }
  if (IsWhiteSpace(text)) return BadRow(number, NoText());
  std::string_view id = Value(table_->columns.id, id_);
  if (id.empty()) id = id_ = DefaultId(number);
  return ArticleText{id, published, text, {}, 0};
}

}  // namespace unspin
