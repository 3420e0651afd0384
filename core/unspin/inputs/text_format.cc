// Plain text: the file is the article.
#include <optional>
#include <string>
#include <utility>

#include "unspin/inputs/input_format_table.h"
#include "unspin/records/text_article.h"
#include "unspin/records/whole_file_source.h"

namespace unspin {
namespace {

Record ParseText(std::string bytes, std::string path, const ReaderOptions& options) {
  Article article;
  article.reading.format = kTextFormat.name;
  if (std::optional<std::string> problem = ReadPlainText(std::move(bytes), nullptr, options.text_is, article)) {
    return BadRecord{std::move(path), *std::move(problem)};
  }
  article.id = path;
  article.path = std::move(path);
  return article;
}

std::unique_ptr<RecordSource> Open(InputFile file, const ReaderOptions& options) {
  return MakeWholeFileSource(std::move(file), options, ParseText);
}

}  // namespace

constinit const InputFormat kTextFormat = {
    .name = "text", .title = "plain text", .extensions = {"txt", "text", "md"}, .open = Open};

}  // namespace unspin
