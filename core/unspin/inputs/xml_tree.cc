#include "unspin/inputs/xml_tree.h"

#include <libxml/SAX2.h>
#include <libxml/dict.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/uri.h>

#include <algorithm>
#include <charconv>
#include <climits>
#include <iterator>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

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

// A section that was cut out of the document, and its place in it.
struct CutSection {
  std::string_view text;
  size_t at = 0;
};

// What the parser's callbacks need and note; the parser's private data.
struct Notes {
  std::vector<CutSection> sections;
  size_t next_section = 0;
  size_t elements = 0;
  std::string problem;  // a limit that was passed
  std::string mistake;  // the first one of the document
  size_t mistake_at = 0;
};

// libxml2 looks at each character of a CDATA section by itself, which takes a third of the time of a feed. So sections
// are cut out before, and an instruction of this name with their number stands for each.
constexpr std::string_view kSectionName = "unspin-section";

// The document without its sections. It borrows from `document` or from `out`.
std::string_view CutSections(std::string_view document, std::string& out, std::vector<CutSection>& sections) {
  constexpr std::string_view kOpen = "<![CDATA[", kClose = "]]>", kComment = "<!--", kInstruction = "<?";
  sections.clear();
  out.clear();
  if (document.find(kOpen) == document.npos) return document;
  size_t copied = 0;
  for (size_t at = document.find('<'); at != document.npos; at = document.find('<', at)) {
    const std::string_view rest = document.substr(at);
    const bool is_section = rest.starts_with(kOpen);
    const std::string_view close = is_section                       ? kClose
                                   : rest.starts_with(kComment)     ? "-->"
                                   : rest.starts_with(kInstruction) ? "?>"
                                                                    : "";
    if (close.empty()) {
      ++at;
      continue;
    }
    if (rest.starts_with(kInstruction) && rest.substr(kInstruction.size()).starts_with(kSectionName)) {
      sections.clear();  // one of the user's own
      return document;
    }
    const size_t inside = at + (is_section ? kOpen.size() : 2), end = document.find(close, inside);
    if (end == document.npos) break;
    if (is_section) {
      out.append(document.substr(copied, at - copied)).append(kInstruction).append(kSectionName);
      out.append(" ").append(std::to_string(sections.size())).append("?>");
      sections.push_back({document.substr(inside, end - inside), out.size()});
      copied = end + close.size();
    }
    at = end + close.size();
  }
  out += document.substr(copied);
  return out;
}

// The place in the document, of one in it without its sections.
size_t WithSections(const std::vector<CutSection>& sections, std::string_view document, size_t at) {
  const auto behind = std::upper_bound(sections.begin(), sections.end(), at,
                                       [](size_t place, const CutSection& one) { return place < one.at; });
  if (behind == sections.begin()) return at;
  const CutSection& last = *std::prev(behind);
  const size_t end = static_cast<size_t>(last.text.data() + last.text.size() - document.data());
  return end + std::string_view("]]>").size() + (at - last.at);
}

// Puts a section back, as the parser does: with line ends of one kind.
void PutSectionBack(void* context, const xmlChar* name, const xmlChar* number) {
  auto* const parser = static_cast<xmlParserCtxt*>(context);
  auto& notes = *static_cast<Notes*>(parser->_private);
  if (notes.sections.empty() || View(name) != kSectionName) return;
  const std::string_view digits = View(number);
  size_t index = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), index);
  if (index < notes.next_section || index >= notes.sections.size()) return;
  notes.next_section = index + 1;
  if (parser->node == nullptr) {
    notes.problem = "a CDATA section of it is outside of all elements";
    return xmlStopParser(parser);
  }
  std::string_view text = notes.sections[index].text;
  std::string lines;
  if (text.find('\r') != text.npos) {
    for (size_t i = 0; i < text.size(); ++i) {
      if (text[i] != '\r') lines += text[i];
      if (text[i] == '\r' && text.substr(i + 1, 1) != "\n") lines += '\n';
    }
    text = lines;
  }
  if (!text.empty())
    xmlSAX2Characters(context, reinterpret_cast<const xmlChar*>(text.data()), static_cast<int>(text.size()));
}

void StartElement(void* context, const xmlChar* name, const xmlChar* prefix, const xmlChar* uri, int namespaces,
                  const xmlChar** all_namespaces, int attributes, int defaulted, const xmlChar** all_attributes) {
  auto* const parser = static_cast<xmlParserCtxt*>(context);
  auto& notes = *static_cast<Notes*>(parser->_private);
  notes.elements += 1 + static_cast<size_t>(namespaces) + static_cast<size_t>(attributes);
  if (parser->nodeNr > kMaxDepth) notes.problem = "its elements are nested deeper than 256 levels";
  if (notes.elements > kMaxElements) notes.problem = "it has more than 250,000 elements and attributes";
  if (!notes.problem.empty()) return xmlStopParser(parser);
  xmlSAX2StartElementNs(context, name, prefix, uri, namespaces, all_namespaces, attributes, defaulted, all_attributes);
}

struct Mistake {
  int code;
  std::string_view what;
};
constexpr Mistake kMistakes[] = {
    {XML_ERR_DOCUMENT_END, "an end tag too many"},
    {XML_ERR_INVALID_HEX_CHARREF, "a reference that is none; write &amp; for &"},
    {XML_ERR_INVALID_DEC_CHARREF, "a reference that is none; write &amp; for &"},
    {XML_ERR_INVALID_CHARREF, "a reference to a character that XML does not allow"},
    {XML_ERR_INVALID_CHAR, "a character that XML does not allow"},
    {XML_ERR_LT_IN_ATTRIBUTE, "a < in an attribute; write &lt;"},
    {XML_ERR_ATTRIBUTE_NOT_STARTED, "an attribute without quotation marks"},
    {XML_ERR_ATTRIBUTE_NOT_FINISHED, "an attribute whose quotation mark is not closed"},
    {XML_ERR_ATTRIBUTE_WITHOUT_VALUE, "an attribute without a value"},
    {XML_ERR_ATTRIBUTE_REDEFINED, "an attribute that is there twice"},
    {XML_ERR_COMMENT_NOT_FINISHED, "a comment that is not closed"},
    {XML_ERR_HYPHEN_IN_COMMENT, "a -- inside of a comment"},
    {XML_ERR_PI_NOT_FINISHED, "an instruction that is not closed"},
    {XML_ERR_MISPLACED_CDATA_END, "a ]]> that closes nothing; write ]]&gt;"},
    {XML_ERR_CDATA_NOT_FINISHED, "a CDATA section that is not closed"},
    {XML_ERR_SPACE_REQUIRED, "attributes without a space between them"},
    {XML_ERR_NAME_REQUIRED, "a < that begins no tag; write &lt;"},
    {XML_ERR_GT_REQUIRED, "a tag that is not closed"},
    {XML_ERR_LTSLASH_REQUIRED, "an element that is not closed"},
    {XML_ERR_TAG_NOT_FINISHED, "an element that is not closed"},
};

// Keeps the first mistake: those behind it follow from it. libxml2's own words name lines and elements that the user's
// file does not have: an item is parsed with start tags around it.
void NoteError(void* context, xmlErrorPtr error) {
  const auto* const parser = static_cast<xmlParserCtxt*>(context);
  auto& notes = *static_cast<Notes*>(parser->_private);
  if (error->level != XML_ERR_FATAL || !notes.mistake.empty()) return;
  const auto* const row = std::find_if(std::begin(kMistakes), std::end(kMistakes),
                                       [&](const Mistake& one) { return one.code == error->code; });
  notes.mistake = row == std::end(kMistakes) ? "its markup is broken" : row->what;
  if (error->code == XML_ERR_TAG_NAME_MISMATCH && error->str1 != nullptr && error->str2 != nullptr)
    notes.mistake = "</" + std::string(error->str2) + "> stands where </" + error->str1 + "> should";
  const xmlParserInput* const input = parser->input;
  if (input != nullptr) notes.mistake_at = input->consumed + static_cast<size_t>(input->cur - input->base);
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
  Notes notes;
  std::string without_sections;

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

std::optional<XmlTree::Problem> XmlTree::Parse(std::string_view document, bool recover) {
  State& state = *state_;
  Notes& notes = state.notes;
  xmlFreeDoc(state.document);  // before the parser, which holds its names
  state.document = nullptr;
  if (state.parser != nullptr && xmlDictGetUsage(state.parser->dict) > kMaxNameBytes) {
    xmlFreeParserCtxt(state.parser);
    state.parser = nullptr;
  }
  if (document.size() > INT_MAX) return Problem{"it is larger than 2 GiB", {}};
  const std::string_view parsed = CutSections(document, state.without_sections, notes.sections);
  if (HasCrowdedTag(parsed)) return Problem{"one of its elements has more than 1000 attributes", {}};
  if (state.parser == nullptr) {
    state.parser = xmlNewParserCtxt();
    if (state.parser == nullptr) return Problem{"there is no memory for it", {}};
    state.parser->sax->startElementNs = StartElement;
    state.parser->sax->processingInstruction = PutSectionBack;
    state.parser->sax->serror = NoteError;
  }
  notes = {.sections = std::move(notes.sections), .problem = "", .mistake = ""};
  state.parser->_private = &notes;
  constexpr int kOptions = XML_PARSE_NONET | XML_PARSE_NOCDATA | XML_PARSE_COMPACT | XML_PARSE_HUGE;
  state.document = xmlCtxtReadMemory(state.parser, parsed.data(), static_cast<int>(parsed.size()), nullptr, "UTF-8",
                                     kOptions | (recover ? XML_PARSE_RECOVER : 0));
  if (!notes.problem.empty()) return Problem{notes.problem, {}};
  if (state.document != nullptr) return std::nullopt;
  if (notes.mistake.empty()) return Problem{"it is not well-formed XML", {}};
  return Problem{"it is not well-formed XML: " + notes.mistake,
                 WithSections(notes.sections, document, notes.mistake_at)};
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
