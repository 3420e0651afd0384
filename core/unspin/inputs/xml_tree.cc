#include "unspin/inputs/xml_tree.h"

#include <libxml/SAX2.h>
#include <libxml/dict.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/uri.h>

#include <algorithm>
#include <climits>
#include <iterator>
#include <mutex>

#include "unspin/article/ascii.h"
#include "unspin/inputs/xml_tokens.h"
#include "unspin/page/page_words.h"

namespace unspin {
namespace {

// A story has a few hundred elements, and pages inside of pages some dozen levels.
constexpr size_t kMaxElements = 250'000;  // and attributes, of some hundred bytes each
constexpr int kMaxDepth = 256;
// A parser keeps the names that it has met; one that has met too many is replaced.
constexpr size_t kMaxNameBytes = 1 << 20;

struct SpaceOfUri {
  std::string_view uri;
  XmlSpace space;
};
constexpr SpaceOfUri kSpaces[] = {
    {"http://www.w3.org/2005/Atom", XmlSpace::kAtom},
    {"http://purl.org/atom/ns#", XmlSpace::kAtom},
    {"http://www.w3.org/1999/xhtml", XmlSpace::kXhtml},
    {"http://purl.org/rss/1.0/modules/content/", XmlSpace::kContent},
    {"http://purl.org/dc/elements/1.1/", XmlSpace::kDublinCore},
    {"http://purl.org/dc/elements/1.0/", XmlSpace::kDublinCore},
    {"http://purl.org/dc/terms/", XmlSpace::kTerms},
    {"http://search.yahoo.com/mrss/", XmlSpace::kMedia},
    {"http://search.yahoo.com/mrss", XmlSpace::kMedia},
    {"http://backend.userland.com/rss2", XmlSpace::kPlain},
    {"http://blogs.law.harvard.edu/tech/rss", XmlSpace::kPlain},
    {"http://purl.org/net/rss1.1#", XmlSpace::kPlain},
    {"http://purl.org/rss/1.0/", XmlSpace::kPlain},
    {"http://my.netscape.com/rdf/simple/0.9/", XmlSpace::kPlain},
};
// Feeds use the customary prefixes, and some forget to declare them.
constexpr SpaceOfUri kPrefixes[] = {{"atom", XmlSpace::kAtom},       {"xhtml", XmlSpace::kXhtml},
                                    {"content", XmlSpace::kContent}, {"dc", XmlSpace::kDublinCore},
                                    {"dcterms", XmlSpace::kTerms},   {"media", XmlSpace::kMedia}};

std::string_view View(const xmlChar* text) {
  return text == nullptr ? std::string_view() : std::string_view(reinterpret_cast<const char*>(text));
}

bool IsElement(const XmlNode* node) { return node->type == XML_ELEMENT_NODE; }
bool IsText(const XmlNode* node) { return node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE; }

// The node behind this one and its descendants, within a subtree; null behind its last one. Parents on the way are
// passed to `leave`.
template <typename Leave>
const XmlNode* Behind(const XmlNode* subtree, const XmlNode* node, const Leave& leave) {
  while (node != subtree) {
    if (IsElement(node)) leave(node);
    if (node->next != nullptr) return node->next;
    node = node->parent;
  }
  return nullptr;
}

// What the parser's callbacks note; the parser's private data.
struct Counts {
  size_t elements = 0;
  std::string problem;  // a limit that was passed
  std::string mistake;  // of the document
};

void StartElement(void* context, const xmlChar* name, const xmlChar* prefix, const xmlChar* uri, int namespaces,
                  const xmlChar** all_namespaces, int attributes, int defaulted, const xmlChar** all_attributes) {
  auto* const parser = static_cast<xmlParserCtxt*>(context);
  auto& counts = *static_cast<Counts*>(parser->_private);
  counts.elements += 1 + static_cast<size_t>(namespaces) + static_cast<size_t>(attributes);
  if (parser->nodeNr > kMaxDepth) counts.problem = "its elements are nested deeper than 256 levels";
  if (counts.elements > kMaxElements) counts.problem = "it has more than 250,000 elements and attributes";
  if (!counts.problem.empty()) return xmlStopParser(parser);
  xmlSAX2StartElementNs(context, name, prefix, uri, namespaces, all_namespaces, attributes, defaulted, all_attributes);
}

// Keeps the first mistake: those behind it follow from it.
void NoteError(void* context, xmlErrorPtr error) {
  auto& counts = *static_cast<Counts*>(static_cast<xmlParserCtxt*>(context)->_private);
  if (error->level == XML_ERR_FATAL && counts.mistake.empty() && error->message != nullptr)
    counts.mistake = CollapseSpace(error->message);
}

// Whether some start tag has more than a thousand attributes, which libxml2 compares each with each.
bool HasCrowdedTag(std::string_view document) {
  constexpr size_t kMaxAttributes = 1000;
  constexpr size_t kLongTag = 4 * kMaxAttributes;  // bytes, fewer than so many attributes take
  for (size_t at = document.find('<'), next = 0; at != document.npos; at = next) {
    next = document.find('<', at + 1);
    const bool is_section = document.compare(at, 2, "<!") == 0;
    if (!is_section && std::min(next, document.size()) - at < kLongTag) continue;
    const XmlToken token = NextXmlToken(document, at);
    if (token.kind == XmlTokenKind::kStart || token.kind == XmlTokenKind::kEmpty) {
      const std::string_view tag = document.substr(token.begin, token.end - token.begin);
      if (static_cast<size_t>(std::count(tag.begin(), tag.end(), '=')) > kMaxAttributes) {
        const auto quotes = std::count_if(tag.begin(), tag.end(), [](char c) { return c == '"' || c == '\''; });
        if (static_cast<size_t>(quotes) > 2 * kMaxAttributes) return true;
      }
    }
    next = document.find('<', std::max(at + 1, token.end));
  }
  return false;
}

void AppendEscaped(std::string_view text, std::string& out) {
  size_t copied = 0, angle = text.find('<'), ampersand = text.find('&');
  while (angle != ampersand) {  // both are npos behind the last sign
    const size_t sign = std::min(angle, ampersand);
    out.append(text.substr(copied, sign - copied)).append(sign == angle ? "&lt;" : "&amp;");
    copied = sign + 1;
    if (sign == angle) {
      angle = text.find('<', copied);
    } else {
      ampersand = text.find('&', copied);
    }
  }
  out += text.substr(copied);
}

// The element of HTML that reads like one of a news format.
std::string_view HtmlName(std::string_view name) {
  constexpr std::string_view kNames[][2] = {{"hl1", "h1"},    {"hl2", "h2"},      {"bq", "blockquote"},
                                            {"block", "div"}, {"paragraph", "p"}, {"body.content", "div"}};
  for (const auto& [news, html] : kNames) {
    if (name == news) return html;
  }
  return name;
}

bool IsVoid(std::string_view name) { return name == "br" || name == "hr" || name == "img" || name == "wbr"; }

bool IsHtmlName(std::string_view name) { return std::all_of(name.begin(), name.end(), IsAsciiAlphanumeric); }

}  // namespace

struct XmlTree::State {
  xmlParserCtxt* parser = nullptr;
  xmlDoc* document = nullptr;
  Counts counts;

  ~State() {
    xmlFreeDoc(document);
    xmlFreeParserCtxt(parser);
  }
};

XmlTree::XmlTree() : state_(std::make_unique<State>()) {
  static std::once_flag once;
  std::call_once(once, xmlInitParser);
}

XmlTree::~XmlTree() = default;

std::optional<std::string> XmlTree::Parse(std::string_view document, bool recover) {
  State& state = *state_;
  xmlFreeDoc(state.document);  // before the parser, which holds its names
  state.document = nullptr;
  if (state.parser != nullptr && xmlDictGetUsage(state.parser->dict) > kMaxNameBytes) {
    xmlFreeParserCtxt(state.parser);
    state.parser = nullptr;
  }
  if (document.size() > INT_MAX) return "it is larger than 2 GiB";
  if (HasCrowdedTag(document)) return "one of its elements has more than 1000 attributes";
  if (state.parser == nullptr) {
    state.parser = xmlNewParserCtxt();
    if (state.parser == nullptr) return "there is no memory for it";
    state.parser->sax->startElementNs = StartElement;
    state.parser->sax->serror = NoteError;
  }
  state.counts = Counts();
  state.parser->_private = &state.counts;
  constexpr int kOptions = XML_PARSE_NONET | XML_PARSE_NOCDATA | XML_PARSE_COMPACT | XML_PARSE_HUGE;
  state.document = xmlCtxtReadMemory(state.parser, document.data(), static_cast<int>(document.size()), nullptr, "UTF-8",
                                     kOptions | (recover ? XML_PARSE_RECOVER : 0));
  if (!state.counts.problem.empty()) return state.counts.problem;
  if (state.document != nullptr) return std::nullopt;
  const std::string& mistake = state.counts.mistake;
  return "it is not well-formed XML" + (mistake.empty() ? "" : " (" + mistake + ")");
}

const XmlNode* XmlTree::Node(size_t depth) const {
  const XmlNode* node = state_->document == nullptr ? nullptr : xmlDocGetRootElement(state_->document);
  for (; node != nullptr && depth > 0; --depth) node = FirstChild(node);
  return node;
}

const XmlNode* FirstChild(const XmlNode* node) {
  const XmlNode* child = node->children;
  while (child != nullptr && !IsElement(child)) child = child->next;
  return child;
}

const XmlNode* NextSibling(const XmlNode* node) {
  do {
    node = node->next;
  } while (node != nullptr && !IsElement(node));
  return node;
}

const XmlNode* NextWithin(const XmlNode* subtree, const XmlNode* node) {
  do {
    node = IsElement(node) && node->children != nullptr ? node->children : Behind(subtree, node, [](const auto*) {});
  } while (node != nullptr && !IsElement(node));
  return node;
}

std::string_view LocalName(const XmlNode* node) {
  const std::string_view name = View(node->name);
  return name.substr(name.rfind(':') + 1);  // a prefix stays in the name where nothing declares it
}

XmlSpace SpaceOf(const XmlNode* node) {
  const auto space_in = [](const auto& list, std::string_view key, XmlSpace otherwise) {
    const auto* const row =
        std::find_if(std::begin(list), std::end(list), [&](const SpaceOfUri& one) { return one.uri == key; });
    return row == std::end(list) ? otherwise : row->space;
  };
  if (node->ns == nullptr) {
    const std::string_view name = View(node->name);
    const size_t colon = name.rfind(':');
    return colon == name.npos ? XmlSpace::kPlain : space_in(kPrefixes, name.substr(0, colon), XmlSpace::kOther);
  }
  // Unknown names of the vocabulary that the whole feed is in are taken at their word.
  return space_in(kSpaces, View(node->ns->href), node->ns->prefix == nullptr ? XmlSpace::kPlain : XmlSpace::kOther);
}

const XmlNode* ChildNamed(const XmlNode* node, std::string_view name) {
  if (node == nullptr) return nullptr;
  const XmlNode* child = FirstChild(node);
  while (child != nullptr && LocalName(child) != name) child = NextSibling(child);
  return child;
}

const XmlNode* DescendantNamed(const XmlNode* node, std::string_view name) {
  if (node == nullptr) return nullptr;
  const XmlNode* found = NextWithin(node, node);
  while (found != nullptr && LocalName(found) != name) found = NextWithin(node, found);
  return found;
}

std::string TextOf(const XmlNode* node) {
  std::string text;
  const XmlNode* at = node == nullptr ? nullptr : node->children;
  while (at != nullptr) {
    if (IsText(at)) text += View(at->content);
    at = IsElement(at) && at->children != nullptr ? at->children : Behind(node, at, [](const auto*) {});
  }
  return text;
}

std::string LineOf(const XmlNode* node) { return CollapseSpace(TextOf(node)); }

std::string XmlAttributeOf(const XmlNode* node, std::string_view name) {
  if (node == nullptr) return "";
  for (const xmlAttr* attribute = node->properties; attribute != nullptr; attribute = attribute->next) {
    if (View(attribute->name) != name || attribute->children == nullptr) continue;
    return CollapseSpace(View(attribute->children->content));
  }
  return "";
}

std::string AbsoluteUrl(const XmlNode* node, const std::string& url) {
  constexpr size_t kMaxUrl = 8 << 10;  // bytes; longer ones are no addresses
  if (url.empty() || url.size() > kMaxUrl || url.find("://") != std::string::npos) return url;
  xmlChar* const base = xmlNodeGetBase(node->doc, node);
  if (base == nullptr) return url;
  xmlChar* const whole =
      View(base).size() <= kMaxUrl ? xmlBuildURI(reinterpret_cast<const xmlChar*>(url.c_str()), base) : nullptr;
  std::string result = whole == nullptr ? url : std::string(View(whole));
  xmlFree(whole);
  xmlFree(base);
  return result;
}

std::string InnerHtml(const XmlNode* node, std::span<const std::string_view> skip) {
  constexpr std::string_view kUnread[] = {"script", "style", "head", "title"};
  std::string html;
  const XmlNode* skipped = nullptr;  // the last one
  const auto close = [&](const XmlNode* element) {
    const std::string_view name = HtmlName(LocalName(element));
    if (element != skipped && IsHtmlName(name) && !IsVoid(name)) html.append("</").append(name).append(">");
  };
  const auto is_in = [](const auto& list, std::string_view name) {
    return std::find(std::begin(list), std::end(list), name) != std::end(list);
  };
  const XmlNode* at = node->children;
  while (at != nullptr) {
    if (IsText(at)) AppendEscaped(View(at->content), html);
    if (IsElement(at)) {
      const std::string_view name = HtmlName(LocalName(at));
      if (is_in(kUnread, LocalName(at)) || is_in(skip, LocalName(at))) {
        skipped = at;
      } else {
        if (IsHtmlName(name)) html.append("<").append(name).append(">");
        if (at->children != nullptr) {
          at = at->children;
          continue;
        }
      }
    }
    at = Behind(node, at, close);
  }
  return html;
}

}  // namespace unspin
