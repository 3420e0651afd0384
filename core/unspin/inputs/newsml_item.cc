#include "unspin/inputs/newsml_item.h"

#include <string>
#include <string_view>
#include <utility>

#include "absl/strings/escaping.h"
#include "unspin/article/ascii.h"
#include "unspin/base/strings.h"
#include "unspin/inputs/nitf_story.h"

namespace unspin {
namespace {

// "canceled" of "stat:canceled" and ".../pubstatus/canceled".
std::string LastPart(const std::string& code) { return code.substr(code.find_last_of(":/#") + 1); }

// A party or a term: its name, else its literal, its code or its text.
std::string NameOfParty(const XmlNode* party) {
  if (party == nullptr) return "";
  std::string name = LineOf(ChildNamed(party, "name"));
  if (name.empty()) name = LineOf(party);
  for (const std::string_view attribute : {"literal", "qcode", "uri"}) {
    if (name.empty()) name = XmlAttributeOf(party, attribute);
  }
  return name;
}

std::string NameOfCode(const XmlNode* node) {
  const std::string code = XmlAttributeOf(node, "qcode");
  return LastPart(code.empty() ? XmlAttributeOf(node, "uri") : code);
}

// The kind of an item that has no text of its own; empty for others.
std::string_view KindWithoutText(std::string_view element, std::string_view item_class) {
  struct Kind {
    std::string_view name, kind;
  };
  static constexpr Kind kKinds[] = {
      {"packageItem", "packages"},        {"conceptItem", "concepts"},   {"knowledgeItem", "lists of concepts"},
      {"planningItem", "planning items"}, {"picture", "pictures"},       {"graphic", "pictures"},
      {"video", "sounds or videos"},      {"audio", "sounds or videos"}, {"animation", "sounds or videos"}};
  for (const Kind& kind : kKinds) {
    if (kind.name == element || kind.name == item_class) return kind.kind;
  }
  return "";
}

// A text in elements: NITF, or HTML in whatever vocabulary.
void ReadInlineXml(const XmlNode* holder, NewsItem& out) {
  if (const XmlNode* const nitf = DescendantNamed(holder, "nitf")) return ReadNitf(nitf, out);
  const XmlNode* const body = DescendantNamed(holder, "body");
  out.texts.push_back({InnerHtml(body == nullptr ? holder : body), TextIs::kHtml, {}, true});
}

void ReadInlineData(const XmlNode* data, NewsItem& out) {
  const std::string type = AsciiLower(XmlAttributeOf(data, "contenttype"));
  std::string text = TextOf(data);
  const bool encoded = AsciiLower(XmlAttributeOf(data, "encoding")).find("base64") != std::string::npos;
  std::string decoded;
  if ((!type.empty() && !type.starts_with("text/")) || (encoded && !absl::Base64Unescape(AbslView(text), &decoded))) {
    out.text_is_elsewhere = true;  // in a form that is not read
    return;
  }
  const bool html = type.starts_with("text/html");
  out.texts.push_back(
      {encoded ? std::move(decoded) : std::move(text), html ? TextIs::kHtml : TextIs::kFoundByItself, {}});
}

void ReadContents(const XmlNode* contents, NewsItem& out) {
  if (contents == nullptr) return;
  for (const XmlNode* child = FirstChild(contents); child != nullptr; child = NextSibling(child)) {
    const std::string_view name = LocalName(child);
    if (name == "inlineXML") ReadInlineXml(child, out);
    if (name == "inlineData") ReadInlineData(child, out);
    if (name == "remoteContent") out.text_is_elsewhere = true;
  }
}

void ReadRights(const XmlNode* rights, NewsItem& out) {
  if (rights == nullptr) return;
  out.Add("copyrightholder", NameOfParty(ChildNamed(rights, "copyrightHolder")));
  out.Add("rights", LineOf(ChildNamed(rights, "copyrightNotice")));
  out.Add("usageterms", LineOf(ChildNamed(rights, "usageTerms")));
}

// The first version's date; that of this version only where it is the first, or no version is given.
std::string PublishedOf(const XmlNode* meta, const XmlNode* content, std::string_view version) {
  std::string date = LineOf(ChildNamed(meta, "firstCreated"));
  SetIfEmpty(date, LineOf(ChildNamed(content, "contentCreated")));
  if (version.empty() || version == "0" || version == "1") SetIfEmpty(date, LineOf(ChildNamed(meta, "versionCreated")));
  return date;
}

}  // namespace

void ReadNewsMlG2(const XmlNode* item, NewsItem& out) {
  const XmlNode* const meta = ChildNamed(item, "itemMeta");
  const XmlNode* const content = ChildNamed(item, "contentMeta");
  out.id = XmlAttributeOf(item, "guid");
  out.Add("version", XmlAttributeOf(item, "version"));
  out.Add("pubstatus", NameOfCode(ChildNamed(meta, "pubStatus")));
  out.Add("embargoed", LineOf(ChildNamed(meta, "embargoed")));
  out.Add("updated", LineOf(ChildNamed(meta, "versionCreated")));
  out.Add("ednote", LineOf(ChildNamed(meta, "edNote")));
  out.published = PublishedOf(meta, content, out.Fact("version"));
  out.title = LineOf(ChildNamed(content, "headline"));
  SetIfEmpty(out.title, LineOf(ChildNamed(meta, "title")));
  out.site = NameOfParty(ChildNamed(meta, "provider"));
  out.Add("byline", LineOf(ChildNamed(content, "by")));
  out.Add("byline", NameOfParty(ChildNamed(content, "creator")));
  out.Add("dateline", LineOf(ChildNamed(content, "dateline")));
  ReadRights(ChildNamed(item, "rightsInfo"), out);
  out.no_article = KindWithoutText(LocalName(item), NameOfCode(ChildNamed(meta, "itemClass")));
  if (out.no_article.empty()) ReadContents(ChildNamed(item, "contentSet"), out);
}

void ReadNewsMl1(const XmlNode* item, NewsItem& out) {
  const XmlNode* const identifier = DescendantNamed(item, "NewsIdentifier");
  const XmlNode* const management = ChildNamed(item, "NewsManagement");
  out.id = LineOf(ChildNamed(identifier, "PublicIdentifier"));
  SetIfEmpty(out.id, LineOf(ChildNamed(identifier, "NewsItemId")));
  out.Add("version", LineOf(ChildNamed(identifier, "RevisionId")));
  out.Add("pubstatus", AsciiLower(XmlAttributeOf(ChildNamed(management, "Status"), "FormalName")));
  out.Add("updated", LineOf(ChildNamed(management, "ThisRevisionCreated")));
  out.published = LineOf(ChildNamed(management, "FirstCreated"));
  const XmlNode* const lines = DescendantNamed(item, "NewsLines");
  out.title = LineOf(ChildNamed(lines, "HeadLine"));
  out.Add("byline", LineOf(ChildNamed(lines, "ByLine")));
  out.Add("dateline", LineOf(ChildNamed(lines, "DateLine")));
  out.Add("rights", LineOf(ChildNamed(lines, "CopyrightLine")));
  out.Add("usageterms", LineOf(ChildNamed(lines, "RightsLine")));
  out.site = NameOfParty(ChildNamed(identifier, "ProviderId"));
  const XmlNode* const contents = DescendantNamed(item, "DataContent");
  if (contents == nullptr) {
    out.text_is_elsewhere = DescendantNamed(item, "ContentItem") != nullptr;
  } else {
    ReadInlineXml(contents, out);
  }
}

}  // namespace unspin
