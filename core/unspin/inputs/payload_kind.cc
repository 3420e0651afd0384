#include "unspin/inputs/payload_kind.h"

#include <algorithm>
#include <cstddef>
#include <string>

#include "unspin/article/ascii.h"
#include "unspin/base/strings.h"
#include "unspin/charset/guess_charset.h"
#include "unspin/inputs/detect_format.h"
#include "unspin/inputs/foreign_files.h"
#include "unspin/records/file_name.h"
#include "unspin/records/page_article.h"

namespace unspin {
namespace {

struct NameOf {
  std::string_view key, name;
};

// By a word of the description that FindForeignFile gives.
constexpr NameOf kForeign[] = {{"PDF", "PDFs"},
                               {"picture", "pictures"},
                               {"sound", "sounds or videos"},
                               {"video", "sounds or videos"},
                               {"font", "fonts"},
                               {"ZIP", "archives or office documents"},
                               {"office", "archives or office documents"},
                               {"RTF", "archives or office documents"},
                               {"archive", "archives or office documents"},
                               {"compressed", "archives or office documents"},
                               {"program", "programs"}};
constexpr std::string_view kOtherFiles = "files of other kinds";

// By the beginning of a media type, or by the whole of it.
constexpr NameOf kMediaTypes[] = {{"image/", "pictures"},
                                  {"audio/", "sounds or videos"},
                                  {"video/", "sounds or videos"},
                                  {"font/", "fonts"},
                                  {"text/css", "style sheets"},
                                  {"text/javascript", "scripts"},
                                  {"text/ecmascript", "scripts"},
                                  {"text/x-javascript", "scripts"},
                                  {"text/json", "JSON files"},
                                  {"text/csv", "tables"},
                                  {"text/calendar", "calendars"},
                                  {"text/vtt", "subtitles"},
                                  {"text/xml", "XML files"},
                                  {"text/dns", "DNS answers"},
                                  {"application/javascript", "scripts"},
                                  {"application/ecmascript", "scripts"},
                                  {"application/x-javascript", "scripts"},
                                  {"application/json", "JSON files"},
                                  {"application/ld+json", "JSON files"},
                                  {"application/manifest+json", "JSON files"},
                                  {"application/rss+xml", "feeds"},
                                  {"application/atom+xml", "feeds"},
                                  {"application/xml", "XML files"},
                                  {"application/pdf", "PDFs"},
                                  {"application/zip", "archives or office documents"}};

// By the name of the root element, in lower case.
constexpr NameOf kXmlRoots[] = {
    {"rss", "feeds"},   {"feed", "feeds"}, {"rdf:rdf", "feeds"}, {"urlset", "site maps"}, {"sitemapindex", "site maps"},
    {"svg", "pictures"}};

// By the extension in the path of a URI: servers send many of these as plain text.
constexpr NameOf kExtensions[] = {
    {"js", "scripts"},     {"mjs", "scripts"},           {"css", "style sheets"}, {"json", "JSON files"},
    {"map", "JSON files"}, {"xml", "XML files"},         {"csv", "tables"},       {"vtt", "subtitles"},
    {"ics", "calendars"},  {"webmanifest", "JSON files"}};

// What a script begins with that a text does not.
constexpr std::string_view kScriptStarts[] = {"(function", "!function",  "function(",  "function ",      "var ",
                                              "window.",   "document.",  "define(",    "\"use strict\"", "'use strict'",
                                              "jQuery(",   "$(function", ";(function", "(()=>",          "/*! "};
constexpr std::string_view kStyleStarts[] = {"@charset", "@import", "@media", "@font-face", ":root{", ":root {"};

constexpr PayloadKind kPage = {PayloadIs::kPage, ""};
constexpr PayloadKind kText = {PayloadIs::kText, ""};
constexpr PayloadKind Other(std::string_view name) { return {PayloadIs::kOther, name}; }

template <size_t kSize>
std::string_view NameFor(const NameOf (&rows)[kSize], std::string_view key) {
  for (const NameOf& row : rows) {
    if (row.key == key) return row.name;
  }
  return "";
}

template <size_t kSize>
bool StartsWithOneOf(std::string_view text, const std::string_view (&starts)[kSize]) {
  return std::any_of(std::begin(starts), std::end(starts), [&](auto start) { return text.starts_with(start); });
}

std::string_view NameOfForeign(std::string_view description) {
  for (const NameOf& row : kForeign) {
    if (description.find(row.key) != std::string_view::npos) return row.name;
  }
  return kOtherFiles;
}

std::string_view NameOfMediaType(std::string_view type) {
  for (const NameOf& row : kMediaTypes) {
    if (row.key == type || (row.key.ends_with('/') && type.starts_with(row.key))) return row.name;
  }
  if (type.ends_with("+json")) return "JSON files";
  if (type.ends_with("+xml")) return "XML files";
  return kOtherFiles;
}

// The name of the first element of XML in lower case, behind declarations and comments; empty if there is none.
std::string RootElement(std::string_view xml) {
  constexpr size_t kMaxPreamble = 16 << 10;  // bytes: licences stand in comments
  constexpr size_t kMaxName = 64;
  xml = xml.substr(0, kMaxPreamble);
  for (size_t at = xml.find('<'); at != std::string_view::npos; at = xml.find('<', at)) {
    const std::string_view rest = xml.substr(at);
    if (rest.starts_with("<!--")) {
      at = xml.find("-->", at);
      if (at == std::string_view::npos) break;
    } else if (rest.starts_with("<?") || rest.starts_with("<!")) {
      at += 2;
    } else {
      return AsciiLower(rest.substr(1, std::min(rest.find_first_of(" \t\r\n/>"), kMaxName) - 1));
    }
  }
  return "";
}

bool BeginsJson(std::string_view content) {
  if (content.starts_with(")]}'")) return true;  // in front of JSON against its use as a script
  if (content.size() < 2 || (content[0] != '{' && content[0] != '[')) return false;
  const std::string_view next = SkipBlank(content.substr(1));
  if (next.empty()) return false;
  if (content[0] == '{') return next[0] == '"' || next[0] == '}';
  return next[0] == '{' || next[0] == '"' || next[0] == ']' || next[0] == '[';
}

// The path of a URI, without its query.
std::string_view PathOf(std::string_view uri) { return uri.substr(0, uri.find_first_of("?#")); }

// What a text without markup is that a server calls a page or a text.
PayloadKind KindOfPlain(std::string_view content, std::string_view uri) {
  const std::string_view path = PathOf(uri);
  for (const std::string_view name : {"/robots.txt", "/ads.txt", "/app-ads.txt", "/security.txt", "/llms.txt"}) {
    if (path.ends_with(name)) return Other("files for machines (robots.txt)");
  }
  if (StartsWithOneOf(content, kScriptStarts)) return Other("scripts");
  if (StartsWithOneOf(content, kStyleStarts)) return Other("style sheets");
  const std::string extension = FileExtension(path);
  const std::string_view name = NameFor(kExtensions, extension);
  return name.empty() ? kText : Other(name);
}

}  // namespace

PayloadKind KindOfPayload(std::string_view head, std::string_view media_type, std::string_view uri) {
  head = head.substr(0, kHeadForDetection);
  const std::string_view content = SkipBlank(head);
  if (IsWhiteSpace(content)) return Other("empty answers");
  if (const ForeignFile foreign = FindForeignFile(head)) return Other(NameOfForeign(foreign.description));
  size_t mark = 0;
  const bool is_html = media_type == "text/html" || media_type == "application/xhtml+xml";
  const bool is_plain = media_type.empty() || media_type == "text/plain" || media_type == "text/markdown";
  if (WideCharset(head, mark) != nullptr)
    return is_html ? kPage : is_plain ? kText : Other(NameOfMediaType(media_type));
  if (LooksLikePage(head)) return kPage;
  if (FindBinaryData(head)) {
    return Other(is_html || is_plain || media_type.empty() ? kOtherFiles : NameOfMediaType(media_type));
  }
  if (content.starts_with("<?xml") || content.starts_with("<rss") || content.starts_with("<feed") ||
      content.starts_with("<rdf:RDF") || content.starts_with("<svg") || content.starts_with("<urlset") ||
      content.starts_with("<sitemapindex")) {
    const std::string root = RootElement(content);
    if (root == "html") return kPage;
    if (const std::string_view name = NameFor(kXmlRoots, root); !name.empty()) return Other(name);
    if (!is_html) return Other("XML files");
  }
  if (BeginsJson(content)) return Other("JSON files");
  if (is_html) return content.find('<') == std::string_view::npos ? KindOfPlain(content, uri) : kPage;
  if (is_plain) return KindOfPlain(content, uri);
  return Other(NameOfMediaType(media_type));
}

}  // namespace unspin
