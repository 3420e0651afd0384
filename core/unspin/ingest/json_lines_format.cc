// JSON: an object for each article, one a line (JSON Lines), or over several lines, or in a list.
#include <string>
#include <string_view>
#include <utility>

#include "unspin/ingest/charset.h"
#include "unspin/ingest/file_name.h"
#include "unspin/ingest/input_format_table.h"
#include "unspin/ingest/json_article.h"
#include "unspin/ingest/json_text.h"
#include "unspin/ingest/json_value_splitter.h"
#include "unspin/ingest/line_splitter.h"
#include "unspin/ingest/reader.h"
#include "unspin/ingest/split_source.h"

namespace unspin {
namespace {

bool LooksLikeJson(std::string_view head) {
  const std::string_view content = SkipBlank(head);
  const size_t next = SkipJsonSpace(content, 1);
  if (next >= content.size()) return false;
  if (content[0] == '{') return content[next] == '"' || content[next] == '}';
  return content[0] == '[' && content[next] == '{';
}

bool NamesJsonLines(std::string_view path) {
  const std::string extension = FileExtension(path);
  return extension == "jsonl" || extension == "ndjson" || extension == "jsonlines";
}

// Whether each object is on one line. An object that does not end on the first line continues on the next ones, unless
// the second line begins another object.
bool HasObjectPerLine(std::string_view head) {
  const std::string_view content = SkipBlank(head);
  if (content.starts_with("[")) return false;
  const size_t line_end = content.find('\n');
  if (line_end == std::string_view::npos) return true;
  if (EndOfJsonValue(content.substr(0, line_end), 0) != std::string_view::npos) return true;
  const size_t next = SkipJsonSpace(content, line_end);
  return next < content.size() && content[next] == '{';
}

std::unique_ptr<RecordSource> Open(InputFile file, const ReaderOptions& options) {
  const uint64_t max_bytes = options.max_article_bytes;
  std::unique_ptr<RecordSplitter> splitter;
  if (NamesJsonLines(file.path) || HasObjectPerLine(file.head)) {
    splitter = std::make_unique<LineSplitter>(std::move(file.bytes), max_bytes);
  } else {
    splitter = std::make_unique<JsonValueSplitter>(std::move(file.bytes), max_bytes);
  }
  RecordParserFactory make_parser = [path = file.path, options, likely = LegacyCharset(file.head),
                                     converted_from = file.charset] {
    return std::make_unique<JsonArticleParser>(path, options, likely, converted_from);
  };
  return MakeSplitSource(std::move(file.path), std::move(splitter), std::move(make_parser));
}

}  // namespace

constinit const InputFormat kJsonLinesFormat = {.name = "jsonl",
                                                .title = "JSON (also JSON Lines)",
                                                .extensions = {"jsonl", "ndjson", "jsonlines", "json"},
                                                .looks_like = LooksLikeJson,
                                                .open = Open};

}  // namespace unspin
