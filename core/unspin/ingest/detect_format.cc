#include "unspin/ingest/detect_format.h"

#include <algorithm>
#include <cctype>

#include "unspin/ingest/json_text.h"

namespace unspin {
namespace {

constexpr std::string_view kReadable = "plain text, HTML and JSON (also JSON Lines) are, also compressed";

std::string Lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return lower;
}

// "html" of "folder/page.HTML.gz"; empty where there is none.
std::string Extension(std::string_view path) {
  std::string name = Lower(path.substr(path.rfind('/') + 1));
  const auto take_last = [&name]() -> std::string {
    const size_t dot = name.rfind('.');
    if (dot == std::string::npos || dot == 0) return "";
    const std::string extension = name.substr(dot + 1);
    name.resize(dot);
    return extension;
  };
  const std::string last = take_last();
  const bool compression = last == "gz" || last == "zst" || last == "bz2" || last == "xz" || last == "zstd";
  return compression ? take_last() : last;
}

struct Magic {
  size_t at;
  std::string_view bytes;
  std::string_view what;
};

using namespace std::string_view_literals;

// Signs that no article begins with.
constexpr Magic kForeign[] = {
    {0, "%PDF-"sv, "a PDF document; convert it to text first (pdftotext)"},
    {0, "\x89PNG\r\n\x1a\n"sv, "a PNG picture; give the article's text"},
    {0, "\xff\xd8\xff"sv, "a JPEG picture; give the article's text"},
    {0, "GIF87a"sv, "a GIF picture; give the article's text"},
    {0, "GIF89a"sv, "a GIF picture; give the article's text"},
    {0, "PK\x03\x04"sv, "a ZIP archive or an office document; unpack it or save it as text first"},
    {0, "PK\x05\x06"sv, "an empty ZIP archive; give the article's text"},
    {0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"sv, "an old office document; save it as text first"},
    {0, "{\\rtf"sv, "an RTF document; save it as text first"},
    {0, "7z\xbc\xaf\x27\x1c"sv, "a 7z archive; unpack it first"},
    {0, "Rar!\x1a\x07"sv, "a RAR archive; unpack it first"},
    {257, "ustar"sv, "a tar archive; unpack it first"},
    {0,
     "\x7f"
     "ELF"sv,
     "a program; give the article's text"},
    {0, "SQLite format 3\0"sv, "an SQLite database; export its articles as JSON Lines first"},
    {0, "\xca\xfe\xba\xbe"sv, "a program; give the article's text"},
    {0, "OggS\0"sv, "a sound or video file; give the article's text"},
    {0, "ID3\x03"sv, "a sound file; give the article's text"},
    {0, "ID3\x04"sv, "a sound file; give the article's text"},
    {4, "ftyp"sv, "a video file; give the article's text"},
    {8, "WEBPVP8"sv, "a WebP picture; give the article's text"},
    {0, "\x1f\x9d"sv, "compressed in an old way (compress); unpack it first"},
    {0, "\x04\x22\x4d\x18"sv, "compressed with lz4; unpack it first (lz4 -d)"},
};

Content Refuse(std::string_view what) {
  Content content{ContentKind::kRefused, {}};
  content.refusal = "this is " + std::string(what);
  return content;
}

Content NotReadYet(std::string_view format) {
  Content content{ContentKind::kRefused, {}};
  content.refusal = std::string(format) + " files are not read yet; " + std::string(kReadable) +
                    ": convert the file to JSON Lines first";
  return content;
}

// The first byte that is neither white space nor byte order mark.
size_t FirstInk(std::string_view head) {
  const size_t begin = head.substr(0, 3) == "\xef\xbb\xbf" ? 3 : 0;
  return std::min(head.find_first_not_of(" \t\r\n\f", begin), head.size());
}

bool LooksLikeHtml(std::string_view ink) {
  const std::string start = Lower(ink.substr(0, 64));
  for (const std::string_view tag :
       {"!doctype html", "html", "head", "body", "title", "meta",  "script", "style",  "link", "article", "main",
        "section",       "div",  "p",    "h1",   "h2",    "table", "span",   "header", "nav",  "center",  "font"}) {
    if (start.size() <= tag.size() + 1 || start[0] != '<' || start.compare(1, tag.size(), tag) != 0) continue;
    const auto next = static_cast<unsigned char>(start[tag.size() + 1]);
    if (next == '>' || std::isspace(next)) return true;
  }
  if (start.compare(0, 4, "<!--") != 0 && start.compare(0, 5, "<?xml") != 0) return false;
  return Lower(ink.substr(0, 4096)).find("<html") != std::string::npos;
}

bool LooksLikeJson(std::string_view ink) {
  const size_t next = SkipJsonSpace(ink, 1);
  if (next >= ink.size()) return false;
  if (ink[0] == '{') return ink[next] == '"' || ink[next] == '}';
  return ink[0] == '[' && ink[next] == '{';
}

// An object that is not over at the end of the first line goes on over several lines, unless the second line begins
// one.
ContentKind LinesOrValues(std::string_view ink) {
  if (ink.substr(0, 1) == "[") return ContentKind::kJsonValues;
  const size_t line_end = ink.find('\n');
  if (line_end == std::string_view::npos) return ContentKind::kJsonLines;
  if (EndOfJsonValue(ink.substr(0, line_end), 0) != std::string_view::npos) return ContentKind::kJsonLines;
  const size_t next = SkipJsonSpace(ink, line_end);
  return next < ink.size() && ink[next] == '{' ? ContentKind::kJsonLines : ContentKind::kJsonValues;
}

}  // namespace

Content DetectContent(std::string_view head, std::string_view path, InputFormat forced) {
  const std::string_view ink = head.substr(FirstInk(head));
  const std::string extension = Extension(path);
  const bool named_lines = extension == "jsonl" || extension == "ndjson" || extension == "jsonlines";
  switch (forced) {
    case InputFormat::kText:
      return {ContentKind::kText, {}};
    case InputFormat::kHtml:
      return {ContentKind::kHtml, {}};
    case InputFormat::kJsonLines:
      return {named_lines ? ContentKind::kJsonLines : LinesOrValues(ink), {}};
    case InputFormat::kAuto:
      break;
  }
  if (head.substr(0, 4) == "PAR1") return NotReadYet("Parquet");
  if (head.substr(0, 7) == "WARC/1." || head.substr(0, 7) == "WARC/0.") return NotReadYet("WARC");
  for (const Magic& magic : kForeign) {
    if (head.size() > magic.at && head.substr(magic.at, magic.bytes.size()) == magic.bytes) return Refuse(magic.what);
  }
  if (extension == "csv" || extension == "tsv") return NotReadYet("CSV");
  if (extension == "warc") return NotReadYet("WARC");
  if (extension == "parquet") return NotReadYet("Parquet");
  if (named_lines) return {ContentKind::kJsonLines, {}};
  if (extension == "json") return {LinesOrValues(ink), {}};
  if (extension == "html" || extension == "htm" || extension == "xhtml" || extension == "shtml")
    return {ContentKind::kHtml, {}};
  if (extension == "txt" || extension == "text" || extension == "md") return {ContentKind::kText, {}};
  if (LooksLikeHtml(ink)) return {ContentKind::kHtml, {}};
  if (LooksLikeJson(ink)) return {LinesOrValues(ink), {}};
  return {ContentKind::kText, {}};
}

}  // namespace unspin
