#include "unspin/inputs/xml_kind.h"

#include <algorithm>
#include <iterator>

#include "unspin/article/ascii.h"
#include "unspin/inputs/xml_splitter.h"
#include "unspin/inputs/xml_tokens.h"
#include "unspin/records/file_name.h"

namespace unspin {
namespace {

struct KnownRoot {
  std::string_view name;  // of the root element, in lower case and without a prefix
  std::string_view what;
  std::string_view advice;
  XmlKind kind;
};

constexpr std::string_view kLeaveOut = "leave it out";
constexpr std::string_view kConvert = "convert it to HTML or to text first";
constexpr KnownRoot kRoots[] = {
    {"urlset", "a site map", "it lists pages; give the pages themselves", XmlKind::kNoArticle},
    {"sitemapindex", "a site map", "it lists pages; give the pages themselves", XmlKind::kNoArticle},
    {"opml", "a list of feeds (OPML)", "give the feeds themselves", XmlKind::kNoArticle},
    {"svg", "a drawing (SVG)", kLeaveOut, XmlKind::kNoArticle},
    {"plist", "settings of a program (plist)", kLeaveOut, XmlKind::kNoArticle},
    {"kml", "a map (KML)", kLeaveOut, XmlKind::kNoArticle},
    {"gpx", "a track (GPX)", kLeaveOut, XmlKind::kNoArticle},
    {"smil", "a presentation (SMIL)", kLeaveOut, XmlKind::kNoArticle},
    {"schema", "a schema", kLeaveOut, XmlKind::kNoArticle},
    {"stylesheet", "a style sheet (XSLT)", kLeaveOut, XmlKind::kNoArticle},
    {"transform", "a style sheet (XSLT)", kLeaveOut, XmlKind::kNoArticle},
    {"opensearchdescription", "a search form of a site", kLeaveOut, XmlKind::kNoArticle},
    {"browserconfig", "settings of a site", kLeaveOut, XmlKind::kNoArticle},
    {"manifest", "a list of files", kLeaveOut, XmlKind::kNoArticle},
    {"relationships", "a part of an office document", kLeaveOut, XmlKind::kNoArticle},
    {"project", "settings of a program", kLeaveOut, XmlKind::kNoArticle},
    {"configuration", "settings of a program", kLeaveOut, XmlKind::kNoArticle},
    {"catalog", "a catalogue", kLeaveOut, XmlKind::kNoArticle},
    {"crossdomain", "settings of a site", kLeaveOut, XmlKind::kNoArticle},
    {"cross-domain-policy", "settings of a site", kLeaveOut, XmlKind::kNoArticle},
    {"methodresponse", "an answer of a service (XML-RPC)", kLeaveOut, XmlKind::kNoArticle},
    {"mediawiki", "an export of MediaWiki", "export its articles as text or JSON Lines first", XmlKind::kDocument},
    {"tei", "a TEI document", kConvert, XmlKind::kDocument},
    {"tei.2", "a TEI document", kConvert, XmlKind::kDocument},
    {"teicorpus", "TEI documents", kConvert, XmlKind::kDocument},
    {"article", "an article in JATS or DocBook", kConvert, XmlKind::kDocument},
    {"book", "a book in DocBook", kConvert, XmlKind::kDocument},
    {"fictionbook", "an FB2 book", kConvert, XmlKind::kDocument},
    {"worddocument", "a Word document (XML)", "save it as text or HTML first", XmlKind::kDocument},
    {"document-content", "a part of an OpenDocument file", "save the document as text or HTML first",
     XmlKind::kDocument},
};

// `name` has no prefix.
bool IsNewsRoot(std::string_view name, std::string_view tag, std::string_view behind) {
  if (name == "RDF") {
    // RSS 1.0 and 0.90; other RDF is data.
    return tag.find("purl.org/rss/") != tag.npos || tag.find("netscape.com/rdf") != tag.npos ||
           behind.find("<item") != behind.npos;
  }
  // Dictionaries and the like have entries too.
  if (name == "entry") return tag.find("www.w3.org/2005/Atom") != tag.npos || tag.find("purl.org/atom/") != tag.npos;
  return name == "rss" || name == "feed" || name == "newsMessage" || name == "NewsML" || IsXmlRecord(name, name);
}

std::string UnknownRoot(std::string_view name) {
  constexpr size_t kMaxName = 60;  // bytes
  return "XML that is no news format (its outermost element is <" + std::string(name.substr(0, kMaxName)) +
         ">); RSS, Atom, NITF and NewsML are read: convert it to JSON Lines or to text first";
}

// Whether a tag is a word of a text: "<rss> is how feeds begin".
bool IsTagOfText(std::string_view tag, std::string_view behind, bool is_declared) {
  const std::string_view next = SkipBlank(behind);
  return !is_declared && tag.find('=') == tag.npos && !next.empty() && !next.starts_with('<');
}

// What a document is whose root has this name and is no news. `tag` is its start tag.
XmlFile KindOfRoot(std::string_view name, std::string_view tag, std::string_view behind, bool is_declared) {
  const std::string lower = AsciiLower(WithoutPrefix(name));
  if (lower == "html" || tag.find("www.w3.org/1999/xhtml") != tag.npos) return {XmlKind::kPage, ""};
  if (lower == "document" && behind.find("<feature name=") != behind.npos)
    return {XmlKind::kNoArticle, "a list of aligned passages; give the texts themselves"};
  const auto* const root =
      std::find_if(std::begin(kRoots), std::end(kRoots), [&](const KnownRoot& one) { return one.name == lower; });
  // HTML has elements of some of these names.
  const bool certain = is_declared || tag.find("xmlns") != tag.npos;
  if (root == std::end(kRoots) || !certain) {
    return {certain ? XmlKind::kDocument : XmlKind::kNoXml, UnknownRoot(name)};
  }
  return {root->kind, std::string(root->what) + "; " + std::string(root->advice)};
}

}  // namespace

XmlFile FindXmlKind(std::string_view head) {
  const std::string_view content = SkipBlank(head);
  if (!content.starts_with('<')) return {};
  constexpr std::string_view kPageType = "<!doctype html";
  bool is_declared = false;
  for (XmlToken token = NextXmlToken(content, 0);; token = NextXmlToken(content, token.end)) {
    const std::string_view bytes = content.substr(token.begin, token.end - token.begin);
    switch (token.kind) {
      case XmlTokenKind::kComment:
        continue;
      case XmlTokenKind::kDoctype:
        if (AsciiLower(bytes.substr(0, kPageType.size())) == kPageType) return {XmlKind::kPage, ""};
        continue;
      case XmlTokenKind::kInstruction:
        is_declared = is_declared || bytes.starts_with("<?xml");
        continue;
      case XmlTokenKind::kStart:
      case XmlTokenKind::kEmpty: {
        const std::string_view behind = content.substr(token.end);
        if (IsNewsRoot(WithoutPrefix(token.name), bytes, behind)) {
          return IsTagOfText(bytes, behind, is_declared) ? XmlFile() : XmlFile{XmlKind::kNews, ""};
        }
        return KindOfRoot(token.name, bytes, behind, is_declared);
      }
      default:
        return {};
    }
  }
}

}  // namespace unspin
