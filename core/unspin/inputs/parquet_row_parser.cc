#include "unspin/inputs/parquet_row_parser.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <optional>
#include <utility>

#include "unspin/base/strings.h"
#include "unspin/inputs/input_format_table.h"
#include "unspin/json/json_string.h"
#include "unspin/records/clean_text.h"

namespace unspin {
namespace {

constexpr size_t kId = 0, kText = 1, kTitle = 2, kUrl = 3, kSite = 4, kPublished = 5, kFetched = 6;

// A cell as bytes: this, then its value.
struct CellHeader {
  uint32_t column;
  ParquetKind kind;
  uint64_t size;
};

// Short values that are no UTF-8, which their column's type promises or not.
std::string Utf8Of(std::string_view value) {
  if (IsValidUtf8(value)) return std::string(value);
  auto decoded = DecodeText(std::string(value));
  return decoded ? std::move(decoded->text) : "";
}

void AppendJson(const ParquetCell& cell, std::string& out) {
  if (cell.kind == ParquetKind::kText) {
    out += JsonString(Utf8Of(cell.value));
  } else {
    out += cell.value;
  }
}

}  // namespace

void AppendCells(std::span<const ParquetCell> cells, std::vector<char>& bytes) {
  for (const ParquetCell& cell : cells) {
    const CellHeader header{cell.column, cell.kind, cell.value.size()};
    const auto* const begin = reinterpret_cast<const char*>(&header);
    bytes.insert(bytes.end(), begin, begin + sizeof header);
    bytes.insert(bytes.end(), cell.value.begin(), cell.value.end());
  }
}

ParquetRowParser::ParquetRowParser(std::string path, std::shared_ptr<const ParquetFields> fields,
                                   const ReaderOptions& options)
    : RecordParser(std::move(path)), fields_(std::move(fields)), options_(options) {}

std::span<const ParquetCell> ParquetRowParser::CellsOf(std::optional<uint32_t> column,
                                                       std::span<const ParquetCell> cells) const {
  if (!column) return {};
  const auto begin = std::find_if(cells.begin(), cells.end(), [&](const auto& cell) { return cell.column == *column; });
  const auto end = std::find_if(begin, cells.end(), [&](const auto& cell) { return cell.column != *column; });
  return {begin, end};
}

std::string ParquetRowParser::NoText(std::string_view what) const {
  return "the column \"" + options_.fields.text + "\" is " + std::string(what) +
         "; leave the row out or give it its text";
}

std::string ParquetRowParser::FindText(std::span<const ParquetCell> cells, std::string_view& text) {
  const auto found = CellsOf(fields_->fields[kText], cells);
  if (found.empty()) return NoText("null");
  uint64_t bytes = 0;
  for (const ParquetCell& cell : found) {
    if (cell.kind != ParquetKind::kText) return NoText("no text");
    bytes += cell.value.size();
  }
  if (bytes > options_.max_article_bytes) {
    return "the text is larger than " + std::to_string(options_.max_article_bytes) +
           " bytes, the most that is read; split it up or raise the limit";
  }
  text = found.front().value;
  if (found.size() > 1) {
    paragraphs_.clear();
    for (const ParquetCell& cell : found) {
      if (IsWhiteSpace(cell.value)) continue;
      if (!paragraphs_.empty()) paragraphs_ += "\n\n";
      paragraphs_ += cell.value;
    }
    text = paragraphs_;
  }
  decoded_ = DecodedBytes{.text = "", .charset = "utf-8"};
  if (!IsValidUtf8(text)) {
    std::optional<DecodedBytes> decoded = DecodeText(std::string(text));
    if (!decoded) return "the text is not valid UTF-8, and " + std::string(kUnknownCharset);
    decoded_ = *std::move(decoded);
    text = decoded_.text;
  }
  if (IsWhiteSpace(text)) return NoText("empty");
  return "";
}

std::string_view ParquetRowParser::ValueOf(size_t field, std::span<const ParquetCell> cells) {
  const auto found = CellsOf(fields_->fields[field], cells);
  if (found.size() != 1 || found.front().kind == ParquetKind::kBoolean) return {};
  return found.front().value;
}

Record ParquetRowParser::FromCells(std::span<const ParquetCell> cells, uint64_t number) {
  std::string_view text;
  if (std::string problem = FindText(cells, text); !problem.empty()) return Bad(number, std::move(problem));
  Article article;
  article.reading.format = kParquetFormat.name;
  article.text = text;
  NoteDecoding(decoded_, article);
  const std::pair<size_t, std::string*> targets[] = {
      {kId, &article.id},     {kTitle, &article.title},         {kUrl, &article.url},
      {kSite, &article.site}, {kPublished, &article.published}, {kFetched, &article.fetched}};
  for (const auto& [field, target] : targets) *target = Utf8Of(ValueOf(field, cells));
  CleanText(options_.text_is, article);
  if (IsWhiteSpace(article.text)) return Bad(number, NoText("empty"));
  if (article.id.empty()) article.id = DefaultId(number);
  article.path = path();
  article.record = number;
  if (!options_.keep.empty()) Keep(cells, article);
  return article;
}

TextRecord ParquetRowParser::TextFromCells(std::span<const ParquetCell> cells, uint64_t number) {
  std::string_view text;
  if (std::string problem = FindText(cells, text); !problem.empty()) return Bad(number, std::move(problem));
  published_ = Utf8Of(ValueOf(kPublished, cells));
  if (MayNeedCleaning(options_.text_is, text)) {
    cleaned_ = Article();
    cleaned_.text = text;
    cleaned_.published = std::move(published_);
    CleanText(options_.text_is, cleaned_);
    text = cleaned_.text;
    published_ = std::move(cleaned_.published);
    if (IsWhiteSpace(text)) return Bad(number, NoText("empty"));
  }
  id_ = Utf8Of(ValueOf(kId, cells));
  if (id_.empty()) id_ = DefaultId(number);
  return ArticleText{id_, published_, text, path(), number};
}

void ParquetRowParser::Keep(std::span<const ParquetCell> cells, Article& article) const {
  for (const ParquetFields::Kept& kept : fields_->kept) {
    const auto found = CellsOf(kept.column, cells);
    std::string json = kept.is_list ? "[" : found.empty() ? "null" : "";
    for (const ParquetCell& cell : found) {
      if (json.size() > 1) json += ',';
      AppendJson(cell, json);
    }
    if (kept.is_list) json += ']';
    article.kept.emplace_back(kept.name, std::move(json));
  }
}

std::span<const ParquetCell> ParquetRowParser::CellsIn(std::string_view bytes) {
  cells_.clear();
  while (!bytes.empty()) {
    CellHeader header;
    assert(bytes.size() >= sizeof header);
    std::memcpy(&header, bytes.data(), sizeof header);
    bytes.remove_prefix(sizeof header);
    cells_.push_back({header.column, header.kind, bytes.substr(0, header.size)});
    bytes.remove_prefix(header.size);
  }
  return cells_;
}

std::optional<Record> ParquetRowParser::ParseBytes(std::string_view bytes, uint64_t number) {
  return FromCells(CellsIn(bytes), number);
}

std::optional<TextRecord> ParquetRowParser::ParseTextOfBytes(std::string_view bytes, uint64_t number) {
  return TextFromCells(CellsIn(bytes), number);
}

}  // namespace unspin
