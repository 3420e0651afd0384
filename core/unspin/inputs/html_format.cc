// Web pages: the main text is the article, and the page gives its metadata.
#include <optional>
#include <string>
#include <utility>

#include "unspin/inputs/input_format_table.h"
#include "unspin/records/page_article.h"
#include "unspin/records/whole_file_source.h"

namespace unspin {
namespace {

Record ParsePage(std::string bytes, std::string path, const ReaderOptions&) {
  Article article;
  article.reading.format = kHtmlFormat.name;
  if (std::optional<std::string> problem = ReadPage(std::move(bytes), nullptr, article)) {
    return BadRecord{std::move(path), *std::move(problem)};
  }
  article.id = path;
  article.path = std::move(path);
  return article;
}

std::unique_ptr<RecordSource> Open(InputFile file, const ReaderOptions& options) {
  return MakeWholeFileSource(std::move(file), options, ParsePage);
}

}  // namespace

constinit const InputFormat kHtmlFormat = {.name = "html",
                                           .title = "HTML",
                                           .extensions = {"html", "htm", "xhtml", "shtml"},
                                           .looks_like = LooksLikePage,
                                           .open = Open};

}  // namespace unspin
