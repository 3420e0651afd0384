#include "binding/row_parser.h"

#include <charconv>
#include <optional>
#include <utility>

#include "unspin/base/strings.h"
#include "unspin/inputs/input_format_table.h"
#include "unspin/records/clean_text.h"

namespace unspin::python {
namespace {

std::string NounOf(const RowValues& row, const RowRules& rules) {
  return row.has_bare_text ? "the text" : rules.text_noun;
}

std::string NoText(const RowValues& row, const RowRules& rules, const char* what) {
  return NounOf(row, rules) + " is " + what + "; leave the " + rules.row_noun + " out or give it its text";
}

// Short values that are no UTF-8, though their column promises it.
std::string Utf8Of(const std::optional<std::string_view>& value) {
  if (!value) return "";
  if (IsValidUtf8(*value)) return std::string(*value);
  auto decoded = DecodeText(std::string(*value));
  return decoded ? std::move(decoded->text) : "";
}

BadRecord Bad(uint64_t position, std::string message) { return {PlaceOfRow(position), std::move(message)}; }

}  // namespace

std::string PlaceOfRow(uint64_t position) { return "row " + std::to_string(position); }

std::string RowParser::FindText(const RowValues& row, const RowRules& rules, std::string_view& text) {
  if (!row.problem.empty()) return std::string(row.problem);
  if (!row.of[kText]) return NoText(row, rules, "null");
  text = *row.of[kText];
  const uint64_t max_bytes = ReaderOptions().max_article_bytes;
  if (text.size() > max_bytes) {
    return NounOf(row, rules) + " is larger than " + std::to_string(max_bytes) +
           " bytes, the most that is read; split it up";
  }
  decoded_ = DecodedBytes{.text = "", .charset = "utf-8"};
  if (!IsValidUtf8(text)) {
    auto decoded = DecodeText(std::string(text));
    if (!decoded) return NounOf(row, rules) + " is not valid UTF-8, and " + std::string(kUnknownCharset);
    decoded_ = *std::move(decoded);
    text = decoded_.text;
  }
  return IsWhiteSpace(text) ? NoText(row, rules, "empty") : "";
}

Record RowParser::Parse(const RowValues& row, uint64_t position, const RowRules& rules) {
  std::string_view text;
  if (std::string problem = FindText(row, rules, text); !problem.empty()) return Bad(position, std::move(problem));
  Article article;
  article.reading.format = kJsonLinesFormat.name;
  article.text = text;
  NoteDecoding(decoded_, article);
  const std::pair<RowField, std::string*> targets[] = {
      {kId, &article.id},     {kTitle, &article.title},         {kUrl, &article.url},        {kSite, &article.site},
      {kPath, &article.path}, {kPublished, &article.published}, {kFetched, &article.fetched}};
  for (const auto& [field, target] : targets) *target = Utf8Of(row.of[field]);
  if (const auto& number = row.of[kRecord]) {
    uint64_t record = 0;
    if (std::from_chars(number->data(), number->data() + number->size(), record).ec == std::errc()) {
      article.record = record;
    }
  }
  CleanTitle(rules.text_is, false, article);
  CleanText(rules.text_is, article);
  if (IsWhiteSpace(article.text)) return Bad(position, NoText(row, rules, "empty"));
  if (article.id.empty()) article.id = std::to_string(position);
  return article;
}

TextRecord RowParser::ParseText(const RowValues& row, uint64_t position, const RowRules& rules) {
  std::string_view text;
  if (std::string problem = FindText(row, rules, text); !problem.empty()) return Bad(position, std::move(problem));
  published_ = Utf8Of(row.of[kPublished]);
  if (MayNeedCleaning(rules.text_is, text)) {
    cleaned_ = Article();
    cleaned_.text = text;
    cleaned_.published = std::move(published_);
    CleanText(rules.text_is, cleaned_);
    text = cleaned_.text;
    published_ = std::move(cleaned_.published);
    if (IsWhiteSpace(text)) return Bad(position, NoText(row, rules, "empty"));
  }
  id_ = Utf8Of(row.of[kId]);
  if (id_.empty()) id_ = std::to_string(position);
  return ArticleText{id_, published_, text, {}, 0};
}

}  // namespace unspin::python
