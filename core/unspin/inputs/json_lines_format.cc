// JSON: an object for each article, one a line (JSON Lines), or over several lines, or in a list, which may be wrapped.
#include <string>
#include <string_view>
#include <utility>

#include "unspin/charset/charset.h"
#include "unspin/inputs/detect_format.h"
#include "unspin/inputs/input_format_table.h"
#include "unspin/inputs/json_article.h"
#include "unspin/inputs/json_fields.h"
#include "unspin/inputs/json_layout.h"
#include "unspin/inputs/json_value_splitter.h"
#include "unspin/io/peeked_stream.h"
#include "unspin/json/json_parser.h"
#include "unspin/json/json_text.h"
#include "unspin/records/file_name.h"
#include "unspin/records/line_splitter.h"
#include "unspin/records/reader_options.h"
#include "unspin/records/split_source.h"

namespace unspin {
namespace {

bool LooksLikeJson(std::string_view head) {
  std::string_view content = SkipBlank(head);
  if (content.starts_with('\x1e')) content.remove_prefix(1);  // RFC 7464
  const size_t next = SkipJsonSpace(content, 1);
  if (next >= content.size()) return false;
  if (content[0] == '{') return content[next] == '"' || content[next] == '}';
  return content[0] == '[' && content[next] == '{';
}

// Objects, in a list or not, that are all valid as far as they are whole, at least one of them with a text.
bool IsJsonOfArticles(std::string_view head) {
  if (!LooksLikeJson(head)) return false;
  constexpr int kMaxValues = 20;  // that are looked at
  const bool is_whole = head.size() < kHeadForDetection;
  std::string_view rest = SkipBlank(head);
  const bool is_list = rest.starts_with('[');
  if (is_list) rest.remove_prefix(1);
  JsonParser parser;
  const ReaderOptions usual;
  bool has_article = false;
  for (int i = 0; i < kMaxValues; ++i) {
    rest.remove_prefix(SkipJsonSpace(rest, 0));
    if (i > 0 && is_list) {
      if (rest.starts_with(']')) return has_article && SkipJsonSpace(rest, 1) == rest.size();
      if (!rest.starts_with(',')) return has_article && rest.empty() && !is_whole;
      rest.remove_prefix(SkipJsonSpace(rest, 1));
    }
    if (rest.empty()) return has_article;
    const size_t end = EndOfJsonValue(rest, 0);
    if (end == std::string_view::npos) return has_article && !is_whole;
    simdjson::dom::element value;
    if (parser.Parse(rest.substr(0, end)).get(value) || !value.is_object()) return false;
    has_article = has_article || FitOfJsonRecord(value, usual, false) == JsonFit::kArticle;
    rest.remove_prefix(end);
  }
  return has_article;
}

bool NamesJsonLines(std::string_view path) {
  const std::string extension = FileExtension(path);
  return extension == "jsonl" || extension == "ndjson" || extension == "jsonlines";
}

// Reads on until the layout is certain; the stream gives the bytes again.
JsonLayout FindLayout(InputFile& file, const ReaderOptions& options) {
  const bool is_named_lines = NamesJsonLines(file.path);
  const bool is_whole = file.head.size() < kHeadForDetection;
  JsonLayout layout = FindJsonLayout(file.head, is_whole, is_named_lines, options);
  if (layout.is_certain) return layout;
  std::string head;
  // After an error the splitter reads what there is, and meets the error again.
  const bool is_read = ReadUpTo(*file.bytes, kHeadForLayout, head).ok();
  layout = FindJsonLayout(head, is_read && head.size() < kHeadForLayout, is_named_lines, options);
  file.bytes = std::make_unique<PeekedStream>(std::move(head), std::move(file.bytes));
  return layout;
}

std::unique_ptr<RecordSource> Open(InputFile file, const ReaderOptions& options) {
  const uint64_t max_bytes = options.max_article_bytes;
  const Charset* const likely = LegacyCharset(file.head);
  JsonLayout layout = FindLayout(file, options);
  std::unique_ptr<RecordSplitter> splitter;
  if (layout.has_lines) {
    splitter = std::make_unique<LineSplitter>(std::move(file.bytes), max_bytes);
  } else {
    JsonPathFinder find_path;
    if (layout.is_sought) {
      find_path = [options](std::string_view object) { return FindJsonLayout(object, false, false, options).path; };
    }
    splitter = std::make_unique<JsonValueSplitter>(std::move(file.bytes), max_bytes, std::move(layout.path),
                                                   std::move(find_path));
  }
  RecordParserFactory make_parser = [path = file.path, options, likely, converted_from = file.charset,
                                     of_feed = layout.is_feed] {
    return std::make_unique<JsonArticleParser>(path, options, likely, converted_from, of_feed);
  };
  return MakeSplitSource(std::move(file.path), std::move(splitter), std::move(make_parser));
}

}  // namespace

constinit const InputFormat kJsonLinesFormat = {.name = "jsonl",
                                                .title = "JSON (also JSON Lines)",
                                                .extensions = {"jsonl", "ndjson", "jsonlines", "json"},
                                                .looks_like = LooksLikeJson,
                                                .is_certain = IsJsonOfArticles,
                                                .open = Open};

}  // namespace unspin
