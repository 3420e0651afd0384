#include "unspin/inputs/nitf_story.h"

#include <array>
#include <string>
#include <string_view>

namespace unspin {
namespace {

// Pictures with their captions, notes, and what repeats parts of the text at its side.
constexpr std::array<std::string_view, 4> kNoText = {"media", "note", "nitf-table-metadata", "alt-code"};

// The first attribute of these names that an element has.
template <size_t kNames>
std::string FirstAttribute(const XmlNode* node, const std::array<std::string_view, kNames>& names) {
  for (const std::string_view name : names) {
    if (std::string value = XmlAttributeOf(node, name); !value.empty()) return value;
  }
  return "";
}

void ReadData(const XmlNode* data, NewsItem& out) {
  constexpr std::array<std::string_view, 1> kNorm = {"norm"};
  const auto attribute = [&](std::string_view element, std::string_view name) {
    return XmlAttributeOf(ChildNamed(data, element), name);
  };
  SetIfEmpty(out.id, attribute("doc-id", "id-string"));
  SetIfEmpty(out.published, FirstAttribute(ChildNamed(data, "date.issue"), kNorm));
  out.Add("pubstatus", XmlAttributeOf(data, "management-status"));
  out.Add("embargoed", attribute("date.release", "norm"));
  out.Add("version", attribute("du-key", "version"));
  out.Add("ednote", attribute("ed-msg", "info"));
  if (const XmlNode* const copyright = ChildNamed(data, "doc.copyright")) {
    const std::string holder = XmlAttributeOf(copyright, "holder"), year = XmlAttributeOf(copyright, "year");
    out.Add("copyrightholder", holder);
    if (!holder.empty()) out.Add("rights", "Copyright " + (year.empty() ? "" : year + " ") + holder);
  }
  if (const XmlNode* const rights = ChildNamed(data, "doc.rights")) {
    std::string terms;
    for (const std::string_view name :
         {"owner", "agent", "type", "geography", "location-code", "startdate", "enddate", "limitations"}) {
      const std::string value = XmlAttributeOf(rights, name);
      if (!value.empty()) terms += (terms.empty() ? "" : "; ") + std::string(name) + " " + value;
    }
    out.Add("usageterms", terms);
  }
}

}  // namespace

void ReadNitf(const XmlNode* nitf, NewsItem& out) {
  const XmlNode* const head = ChildNamed(nitf, "head");
  const XmlNode* const body = ChildNamed(nitf, "body");
  const XmlNode* const body_head = ChildNamed(body, "body.head");
  if (const XmlNode* const data = ChildNamed(head, "docdata")) ReadData(data, out);
  const XmlNode* const publication = ChildNamed(head, "pubdata");
  SetIfEmpty(out.site, XmlAttributeOf(publication, "name"));
  SetIfEmpty(out.published, XmlAttributeOf(publication, "date.publication"));
  SetIfEmpty(out.url, XmlAttributeOf(publication, "ex-ref"));
  const XmlNode* const headline = ChildNamed(body_head, "hedline");
  SetIfEmpty(out.title, LineOf(ChildNamed(headline, "hl1")));
  SetIfEmpty(out.title, LineOf(headline));
  SetIfEmpty(out.title, LineOf(ChildNamed(head, "title")));
  out.Add("byline", LineOf(ChildNamed(body_head, "byline")));
  out.Add("dateline", LineOf(ChildNamed(body_head, "dateline")));
  out.Add("rights", LineOf(ChildNamed(body_head, "rights")));
  out.Add("rights", LineOf(ChildNamed(body_head, "copyrite")));
  if (const XmlNode* const content = ChildNamed(body, "body.content"))
    out.texts.push_back({InnerHtml(content, kNoText), TextIs::kHtml, {}, true});
}

}  // namespace unspin
