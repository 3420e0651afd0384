#include "unspin/records/text_article.h"

#include <cstdint>
#include <string_view>
#include <utility>

#include "unspin/article/mapped_text.h"
#include "unspin/base/strings.h"
#include "unspin/charset/charset.h"
#include "unspin/page/markup_text.h"
#include "unspin/records/clean_text.h"

namespace unspin {

std::optional<std::string> ReadPlainText(std::string bytes, const Charset* declared, TextIs is, Article& article) {
  constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
  std::optional<DecodedBytes> decoded = DecodeText(std::move(bytes), declared);
  if (!decoded) return std::string(kUnknownCharset);
  if (declared != nullptr && decoded->charset == declared->name) decoded->guessed = false;
  bytes = std::move(decoded->text);
  const size_t text_begin = bytes.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  if (IsWhiteSpace(std::string_view(bytes).substr(text_begin))) {
    return "there is no text in it; leave it out or give it its text";
  }
  if (text_begin > 0) {
    MappedText text(bytes);
    text.Append(std::string_view(bytes).substr(text_begin), static_cast<uint32_t>(text_begin));
    text.MoveInto(article);
  } else {
    article.text = std::move(bytes);
  }
  NoteDecoding(*decoded, article);
  // A file of tags that is read as text was meant to be: `--format html` reads it as a page.
  if (is == TextIs::kFoundByItself && IsHtmlText(article.text)) is = TextIs::kPlain;
  CleanText(is, article);
  if (IsWhiteSpace(article.text)) return "there is no text in its markup; leave it out or give it its text";
  return std::nullopt;
}

}  // namespace unspin
