// What XML a file's first bytes are: news, a web page, or something that holds no article.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace unspin {

enum class XmlKind : uint8_t {
  kNoXml,
  kNews,       // a feed, a story or a message of a news service
  kPage,       // XHTML
  kDocument,   // may hold an article, in a form that is not read
  kNoArticle,  // never holds one: a site map, a drawing
};

struct XmlFile {
  XmlKind kind = XmlKind::kNoXml;
  std::string refusal;  // what it is and what to do, unless it is news or a page
};

// The root element decides, which may stand behind a byte order mark, a declaration, comments and a document type.
// Bytes that begin with an element of some name without a declaration or a namespace are no XML: any text may.
XmlFile FindXmlKind(std::string_view head);

}  // namespace unspin
