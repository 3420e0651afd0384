#include "unspin/page/page_marks.h"

#include <algorithm>
#include <string>

#include "unspin/article/ascii.h"
#include "unspin/base/strings.h"
#include "unspin/page/page_words.h"

namespace unspin {
namespace {

// The host of an address in small letters, without "www.".
std::string HostIn(std::string_view url) {
  const std::string_view bare = BareUrl(url);
  return AsciiLower(bare.substr(0, bare.find('/')));
}

bool StartsWithIgnoringCase(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() &&
         std::equal(prefix.begin(), prefix.end(), text.begin(), [](char p, char c) { return p == AsciiLower(c); });
}

bool IsAddress(std::string_view value) {
  return StartsWithIgnoringCase(value, "http://") || StartsWithIgnoringCase(value, "https://");
}

// Names under which schema.org has organisations and people: that of the page's own publisher says nothing.
bool IsName(std::string_view kind) {
  return kind == "copyright-holder" || kind == "source-organization" || kind == "provider";
}

void AddLink(const HtmlPage& page, const HtmlNode& node, std::vector<PageMark>& marks) {
  const std::string relation = AsciiLower(AttributeOf(page, node, "rel"));
  for (const std::string_view kind : {"canonical", "syndication-source", "original-source", "license"}) {
    // An address without a host is one of the page's own site.
    if (relation != kind) continue;
    const std::string address = CollapseSpace(AttributeOf(page, node, "href"));
    if (IsAddress(address)) AddPageMark(kind, address, marks);
  }
}

void AddMeta(const HtmlPage& page, const HtmlNode& node, std::vector<PageMark>& marks) {
  const std::string name = AsciiLower(AttributeOf(page, node, "name"));
  if (name == "syndication-source" || name == "original-source") {
    AddPageMark(name, AttributeOf(page, node, "content"), marks);
  } else if (name == "googlebot-news" && AsciiLower(AttributeOf(page, node, "content")).find("noindex") != name.npos) {
    AddPageMark("googlebot-news", "noindex", marks);
  }
  // Open Graph's word for a page's own address, under every attribute where page_facts.h takes it from.
  for (const char* const attribute : {"property", "name", "itemprop"}) {
    if (AsciiLower(AttributeOf(page, node, attribute)) != "og:url") continue;
    const std::string address = CollapseSpace(AttributeOf(page, node, "content"));
    if (IsAddress(address)) AddPageMark("canonical", address, marks);
  }
}

// Links to other hosts, as they are written, each once.
class Links {
 public:
  Links(const HtmlPage& page, std::string_view url) : page_(page), host_(HostIn(url)) {}

  void Add(const HtmlNode& node) {
    if (marks_.size() >= kMaxPageLinks) return;
    for (uint32_t i = node.attributes_begin; i < node.attributes_end; ++i) {
      const HtmlAttribute& attribute = page_.attributes[i];
      constexpr std::string_view kName = "href";
      if (attribute.name.size() != kName.size() || !StartsWithIgnoringCase(attribute.name, kName)) continue;
      // References are decoded only where the link leads elsewhere.
      const std::string_view written =
          attribute.value.substr(std::min(attribute.value.find_first_not_of(" \t\r\n\f"), attribute.value.size()));
      if (written.size() > kMaxPageMarkBytes || !IsAddress(written) || IsOnHost(written)) return;
      if (!seen_.insert(std::string(written)).second) return;
      marks_.push_back({"link", CollapseSpace(AttributeOf(page_, node, "href"))});
      return;
    }
  }

  std::vector<PageMark> Take() { return std::move(marks_); }

 private:
  bool IsOnHost(std::string_view address) const {
    const std::string_view bare = BareUrl(address);
    return bare.substr(0, bare.find('/')).size() == host_.size() && StartsWithIgnoringCase(bare, host_);
  }

  const HtmlPage& page_;
  const std::string host_;
  StringSet seen_;
  std::vector<PageMark> marks_;
};

}  // namespace

void AddPageMark(std::string_view kind, std::string_view value, std::vector<PageMark>& marks) {
  std::string text = CollapseSpace(value.substr(0, 2 * kMaxPageMarkBytes));
  if (text.size() > kMaxPageMarkBytes) {
    size_t end = kMaxPageMarkBytes;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;  // not inside of a character
    text.resize(end);
  }
  if (text.empty() || marks.size() >= kMaxPageMarks) return;
  const bool is_known = std::any_of(marks.begin(), marks.end(),
                                    [&](const PageMark& mark) { return mark.kind == kind && mark.value == text; });
  if (!is_known) marks.push_back({std::string(kind), std::move(text)});
}

std::vector<PageMark> FindPageMarks(const HtmlPage& page, const std::vector<PageMark>& declared, std::string_view url,
                                    std::string_view site) {
  std::vector<PageMark> marks;
  Links links(page, url);
  for (const HtmlNode& node : page.nodes) {
    if (node.tag == HtmlTag::kLink) AddLink(page, node, marks);
    if (node.tag == HtmlTag::kMeta) AddMeta(page, node, marks);
    if (node.tag == HtmlTag::kA) links.Add(node);
  }
  const std::string own_name = SpacedWords(site);
  for (const PageMark& mark : declared) {
    if (IsName(mark.kind) && SpacedWords(mark.value) == own_name) continue;
    AddPageMark(mark.kind, mark.value, marks);
  }
  for (PageMark& link : links.Take()) marks.push_back(std::move(link));
  return marks;
}

}  // namespace unspin
