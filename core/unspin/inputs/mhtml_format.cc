// Pages that a browser saved in one file (MHTML): the page among the parts is read as any page.
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "unspin/article/ascii.h"
#include "unspin/charset/charset_table.h"
#include "unspin/inputs/input_format_table.h"
#include "unspin/inputs/mail_header.h"
#include "unspin/inputs/mime_parts.h"
#include "unspin/records/page_article.h"
#include "unspin/records/whole_file_source.h"

namespace unspin {
namespace {

bool IsPageType(std::string_view type) { return type == "text/html" || type == "application/xhtml+xml"; }

// The part that is the page: the one that "start" names, else the first page; null if there is none.
const MimePart* RootPart(const MimePart& message, const std::vector<MimePart>& parts) {
  const auto is_page = [](const MimePart& part) { return IsPageType(MimeType(part.header.First("content-type"))); };
  const std::string start = MimeParameter(message.header.First("content-type"), "start");
  const auto named = std::find_if(parts.begin(), parts.end(), [&](const MimePart& part) {
    return !start.empty() && Trimmed(part.header.First("content-id")) == start && is_page(part);
  });
  if (named != parts.end()) return &*named;
  const auto first = std::find_if(parts.begin(), parts.end(), is_page);
  if (first != parts.end()) return &*first;
  return parts.empty() && is_page(message) ? &message : nullptr;
}

bool IsWebAddress(std::string_view url) { return url.starts_with("http://") || url.starts_with("https://"); }

Record ParseSavedPage(std::string bytes, std::string path, const ReaderOptions&) {
  const MimePart message = ReadMimePart(std::string_view(bytes).substr(StartOfMessage(bytes)));
  const std::vector<MimePart> parts = MimeParts(message);
  const MimePart* const root = RootPart(message, parts);
  if (root == nullptr)
    return BadRecord{std::move(path), "there is no page in this MHTML file; save it again, or as HTML"};
  std::optional<std::string> page = DecodeMimeBody(*root);
  if (!page) return BadRecord{std::move(path), "the page in this MHTML file is damaged; save it again, or as HTML"};
  Article article;
  article.reading.format = kMhtmlFormat.name;
  const Charset* const declared = CharsetOfLabel(MimeParameter(root->header.First("content-type"), "charset"));
  if (std::optional<std::string> problem = ReadPage(*std::move(page), declared, article))
    return BadRecord{std::move(path), *std::move(problem)};
  // Where the page was is certain; a copy may name the original's address as its own.
  std::string location;
  for (const std::string_view url :
       {message.header.First("snapshot-content-location"), root->header.First("content-location"),
        message.header.First("content-location")}) {
    if (location.empty() && IsWebAddress(url)) location = url;
  }
  if (!location.empty()) article.url = std::move(location);
  article.fetched = message.header.First("date");
  article.id = path;
  article.path = std::move(path);
  return article;
}

std::unique_ptr<RecordSource> Open(InputFile file, const ReaderOptions& options) {
  return MakeWholeFileSource(std::move(file), options, ParseSavedPage);
}

}  // namespace

constinit const InputFormat kMhtmlFormat = {
    .name = "mhtml", .title = "MHTML", .extensions = {"mhtml", "mht"}, .has_signature = IsSavedPage, .open = Open};

}  // namespace unspin
