// Plain text: the file is the article.
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "unspin/base/strings.h"
#include "unspin/ingest/charset.h"
#include "unspin/ingest/clean_text.h"
#include "unspin/ingest/input_format_table.h"
#include "unspin/ingest/mapped_text.h"
#include "unspin/ingest/markup_text.h"
#include "unspin/ingest/whole_file_source.h"

namespace unspin {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

Record ParseText(std::string bytes, std::string path, const ReaderOptions& options) {
  Article article;
  article.reading.format = kTextFormat.name;
  std::optional<DecodedBytes> decoded = DecodeText(std::move(bytes));
  if (!decoded) return BadRecord{std::move(path), std::string(kUnknownCharset)};
  bytes = std::move(decoded->text);
  const size_t text_begin = bytes.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  if (IsWhiteSpace(std::string_view(bytes).substr(text_begin))) {
    return BadRecord{std::move(path), "there is no text in it; leave it out or give it its text"};
  }
  if (text_begin > 0) {
    MappedText text(bytes);
    text.Append(std::string_view(bytes).substr(text_begin), static_cast<uint32_t>(text_begin));
    text.MoveInto(article);
  } else {
    article.text = std::move(bytes);
  }
  NoteDecoding(*decoded, article);
  TextIs is = options.text_is;
  // A file of tags that is read as text was meant to be: `--format html` reads it as a page.
  if (is == TextIs::kFoundByItself && IsHtmlText(article.text)) is = TextIs::kPlain;
  CleanText(is, article);
  if (IsWhiteSpace(article.text)) {
    return BadRecord{std::move(path), "there is no text in its markup; leave it out or give it its text"};
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
