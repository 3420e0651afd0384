#include "unspin/ingest/html.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstring>

#include "unspin/base/strings.h"

namespace unspin {
namespace {

// In the order of HtmlTag.
constexpr std::string_view kTagNames[] = {
    "#text",    "a",        "address", "area",     "article",  "aside",  "audio", "base",     "blockquote",
    "body",     "br",       "button",  "canvas",   "caption",  "center", "col",   "datalist", "dd",
    "details",  "dialog",   "dir",     "div",      "dl",       "dt",     "embed", "fieldset", "figcaption",
    "figure",   "footer",   "form",    "h1",       "h2",       "h3",     "h4",    "h5",       "h6",
    "head",     "header",   "hgroup",  "hr",       "html",     "iframe", "img",   "input",    "legend",
    "li",       "link",     "listing", "main",     "math",     "menu",   "meta",  "nav",      "noembed",
    "noframes", "noscript", "object",  "ol",       "optgroup", "option", "p",     "param",    "plaintext",
    "pre",      "script",   "search",  "section",  "select",   "source", "style", "summary",  "svg",
    "table",    "tbody",    "td",      "template", "textarea", "tfoot",  "th",    "thead",    "time",
    "title",    "tr",       "track",   "ul",       "video",    "wbr",    "xmp"};
static_assert(std::size(kTagNames) == kFirstUnnamed);

bool IsLetter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }
bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }
char LowerLetter(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

bool EqualIgnoringCase(std::string_view text, std::string_view lower) {
  return text.size() == lower.size() &&
         std::equal(text.begin(), text.end(), lower.begin(), [](char a, char b) { return LowerLetter(a) == b; });
}

constexpr TagSet kVoid = {kTagArea,  kTagBase, kTagBr,   kTagCol,   kTagEmbed,  kTagHr,    kTagImg,
                          kTagInput, kTagLink, kTagMeta, kTagParam, kTagSource, kTagTrack, kTagWbr};

// Elements whose content is text up to their own end tag, whatever it looks like.
constexpr TagSet kRawText = {kTagIframe, kTagNoembed,  kTagNoframes, kTagPlaintext, kTagScript,
                             kTagStyle,  kTagTextarea, kTagTitle,    kTagXmp};

constexpr TagSet kBlocks = {
    kTagAddress, kTagArticle, kTagAside,   kTagBlockquote, kTagBody,   kTagCaption, kTagCenter,    kTagDd,
    kTagDetails, kTagDialog,  kTagDir,     kTagDiv,        kTagDl,     kTagDt,      kTagFieldset,  kTagFigcaption,
    kTagFigure,  kTagFooter,  kTagForm,    kTagH1,         kTagH2,     kTagH3,      kTagH4,        kTagH5,
    kTagH6,      kTagHeader,  kTagHgroup,  kTagHr,         kTagHtml,   kTagLegend,  kTagLi,        kTagListing,
    kTagMain,    kTagMenu,    kTagNav,     kTagOl,         kTagOption, kTagP,       kTagPlaintext, kTagPre,
    kTagSearch,  kTagSection, kTagSummary, kTagTable,      kTagTbody,  kTagTd,      kTagTfoot,     kTagTh,
    kTagThead,   kTagTr,      kTagUl,      kTagXmp};

// What an end of something else cannot reach through.
constexpr TagSet kScopes = {kTagCaption, kTagHtml, kTagObject, kTagTable, kTagTd, kTagTemplate, kTagTh};

constexpr TagSet kTableParts = {kTagCaption, kTagTable, kTagTbody, kTagTd, kTagTfoot, kTagTh, kTagThead, kTagTr};

// Anything else starts the body, whether or not the page says so.
constexpr TagSet kHeadContent = {kTagBase,   kTagLink,  kTagMeta,     kTagNoscript,
                                 kTagScript, kTagStyle, kTagTemplate, kTagTitle};

bool IsBlank(std::string_view text) { return std::all_of(text.begin(), text.end(), IsSpace); }

bool ClosesParagraph(uint32_t tag) {
  return IsBlock(tag) && !kScopes.Has(tag) && !kTableParts.Has(tag) && tag != kTagHtml && tag != kTagBody &&
         tag != kTagHead;
}

// For each kind, an open element remembers the nearest open one in its scope, itself included: no search ever walks
// the stack.
enum Kind { kParagraph, kItem, kDefinition, kCell, kRow, kRowGroup, kOption, kLink, kAnyBlock, kAnyScope, kKinds };

bool IsOfKind(uint32_t tag, int kind) {
  switch (kind) {
    case kParagraph:
      return tag == kTagP;
    case kItem:
      return tag == kTagLi;
    case kDefinition:
      return tag == kTagDd || tag == kTagDt;
    case kCell:
      return tag == kTagTd || tag == kTagTh;
    case kRow:
      return tag == kTagTr;
    case kRowGroup:
      return tag == kTagThead || tag == kTagTbody || tag == kTagTfoot;
    case kOption:
      return tag == kTagOption;
    case kLink:
      return tag == kTagA;
    case kAnyBlock:
      return IsBlock(tag);
    default:
      return kScopes.Has(tag);
  }
}

bool BoundsKind(uint32_t tag, int kind) {
  switch (kind) {
    case kParagraph:
      return kScopes.Has(tag) || tag == kTagButton;
    case kItem:
      return kScopes.Has(tag) || tag == kTagUl || tag == kTagOl || tag == kTagMenu;
    case kDefinition:
      return kScopes.Has(tag) || tag == kTagDl;
    case kCell:
    case kRow:
    case kRowGroup:
      return tag == kTagTable || tag == kTagTemplate;
    case kOption:
      return tag == kTagSelect || tag == kTagDatalist;
    case kLink:
      return kScopes.Has(tag);
    default:
      return false;
  }
}

class Parser {
 public:
  explicit Parser(std::string_view record) : record_(record) {
    page_.record = record;
    open_by_tag_.resize(kFirstUnnamed);
    for (uint32_t tag = 1; tag < kFirstUnnamed; ++tag) tags_.emplace(std::string(kTagNames[tag]), tag);
  }

  HtmlPage Parse() {
    size_t text_begin = 0;
    size_t at = 0;
    while ((at = record_.find('<', at)) != std::string_view::npos) {
      const char next = at + 1 < record_.size() ? record_[at + 1] : '\0';
      const char after = at + 2 < record_.size() ? record_[at + 2] : '\0';
      const bool is_markup =
          IsLetter(next) || next == '!' || next == '?' || (next == '/' && (IsLetter(after) || after == '>'));
      if (!is_markup) {
        ++at;
        continue;
      }
      AddText(text_begin, at);
      at = IsLetter(next) ? StartTag(at) : next == '/' ? EndTag(at) : SkipDeclaration(at);
      text_begin = at;
    }
    AddText(text_begin, record_.size());
    PopTo(0);
    return std::move(page_);
  }

 private:
  struct Open {
    uint32_t node;
    uint32_t tag;
    std::array<int32_t, kKinds> nearest;  // indices into open_; -1: none
  };

  void AddText(size_t begin, size_t end) {
    if (begin >= end) return;
    if (!open_.empty() && open_.back().tag == kTagHead && !IsBlank(record_.substr(begin, end - begin))) CloseHead();
    HtmlNode node;
    node.begin = static_cast<uint32_t>(begin);
    node.end = static_cast<uint32_t>(end);
    node.subtree_end = static_cast<uint32_t>(page_.nodes.size()) + 1;
    page_.nodes.push_back(node);
  }

  // Comments, doctypes, processing instructions. Returns the position after it.
  size_t SkipDeclaration(size_t at) const {
    const std::string_view rest = record_.substr(at);
    if (rest.substr(0, 4) == "<!--") {
      if (rest.substr(4, 1) == ">") return at + 5;
      if (rest.substr(4, 2) == "->") return at + 6;
      const size_t end = record_.find("-->", at + 4);
      return end == std::string_view::npos ? record_.size() : end + 3;
    }
    const size_t end = record_.find('>', at);
    return end == std::string_view::npos ? record_.size() : end + 1;
  }

  uint32_t TagNamed(size_t begin, size_t end) {
    name_.assign(record_.substr(begin, end - begin));
    for (char& c : name_) c = LowerLetter(c);
    const auto [found, is_new] = tags_.try_emplace(name_, static_cast<uint32_t>(open_by_tag_.size()));
    if (is_new) open_by_tag_.emplace_back();
    return found->second;
  }

  size_t NameEnd(size_t at) const {
    while (at < record_.size() && !IsSpace(record_[at]) && record_[at] != '/' && record_[at] != '>') ++at;
    return at;
  }

  // Reads attributes up to the ">" and returns the position after it; npos where the record ends within the tag.
  size_t ReadAttributes(size_t at, bool keep, bool& self_closing) {
    self_closing = false;
    while (at < record_.size()) {
      const char c = record_[at];
      if (c == '>') return at + 1;
      if (c == '/' || IsSpace(c)) {
        self_closing = c == '/';
        ++at;
        continue;
      }
      self_closing = false;
      const size_t name_begin = at++;  // a leading "=" belongs to the name
      while (at < record_.size() && !IsSpace(record_[at]) && record_[at] != '/' && record_[at] != '>' &&
             record_[at] != '=')
        ++at;
      HtmlAttribute attribute{record_.substr(name_begin, at - name_begin), {}};
      while (at < record_.size() && IsSpace(record_[at])) ++at;
      if (at < record_.size() && record_[at] == '=') {
        ++at;
        while (at < record_.size() && IsSpace(record_[at])) ++at;
        if (at >= record_.size()) return std::string_view::npos;
        const char quote = record_[at];
        size_t value_begin = at;
        if (quote == '"' || quote == '\'') {
          ++value_begin;
          at = record_.find(quote, value_begin);
          if (at == std::string_view::npos) return at;
        } else {
          while (at < record_.size() && !IsSpace(record_[at]) && record_[at] != '>') ++at;
        }
        attribute.value = record_.substr(value_begin, at - value_begin);
        if (quote == '"' || quote == '\'') ++at;
      }
      if (keep) page_.attributes.push_back(attribute);
    }
    return std::string_view::npos;
  }

  size_t StartTag(size_t begin) {
    const size_t name_end = NameEnd(begin + 1);
    const size_t attributes_before = page_.attributes.size();
    bool self_closing = false;
    const size_t end = ReadAttributes(name_end, true, self_closing);
    if (end == std::string_view::npos) {  // the record ends inside the tag, which therefore is none
      page_.attributes.resize(attributes_before);
      return record_.size();
    }
    const uint32_t tag = TagNamed(begin + 1, name_end);
    CloseImplied(tag);
    HtmlNode node;
    node.tag = tag;
    node.begin = static_cast<uint32_t>(begin);
    node.end = static_cast<uint32_t>(end);
    node.subtree_end = static_cast<uint32_t>(page_.nodes.size()) + 1;
    node.attributes_begin = static_cast<uint32_t>(attributes_before);
    node.attributes_end = static_cast<uint32_t>(page_.attributes.size());
    page_.nodes.push_back(node);
    const bool foreign =
        tag == kTagSvg || tag == kTagMath || !open_by_tag_[kTagSvg].empty() || !open_by_tag_[kTagMath].empty();
    if (kVoid.Has(tag) || (self_closing && foreign)) return end;
    Push(tag);
    return kRawText.Has(tag) ? RawText(tag, end) : end;
  }

  size_t RawText(uint32_t tag, size_t begin) {
    size_t close = tag == kTagPlaintext ? record_.size() : begin;
    for (; close < record_.size(); ++close) {
      close = std::min(record_.find("</", close), record_.size());
      if (close == record_.size()) break;
      const size_t name_end = close + 2 + kTagNames[tag].size();
      if (name_end <= record_.size() &&
          EqualIgnoringCase(record_.substr(close + 2, kTagNames[tag].size()), kTagNames[tag]) &&
          NameEnd(name_end) == name_end) {
        break;
      }
    }
    AddText(begin, close);
    PopTo(open_.size() - 1);
    if (close == record_.size()) return close;
    const size_t end = record_.find('>', close);
    return end == std::string_view::npos ? record_.size() : end + 1;
  }

  size_t EndTag(size_t begin) {
    const size_t name_end = NameEnd(begin + 2);
    bool unused = false;
    const size_t end = std::min(ReadAttributes(name_end, false, unused), record_.size());
    if (name_end == begin + 2) return end;  // "</>" means nothing
    const uint32_t tag = TagNamed(begin + 2, name_end);
    // Text after </body> is still part of the body.
    if (tag == kTagBody || tag == kTagHtml || open_by_tag_[tag].empty()) return end;
    const int32_t match = open_by_tag_[tag].back();
    const auto& nearest = open_.back().nearest;
    const bool out_of_reach = kTableParts.Has(tag) || tag == kTagTemplate ? false
                              : IsBlock(tag)                              ? match < nearest[kAnyScope]
                                                                          : match < nearest[kAnyBlock];
    if (!out_of_reach) PopTo(static_cast<size_t>(match));
    return end;
  }

  void CloseNearest(Kind kind) {
    if (!open_.empty() && open_.back().nearest[kind] >= 0) PopTo(static_cast<size_t>(open_.back().nearest[kind]));
  }

  void CloseHead() { PopTo(static_cast<size_t>(open_by_tag_[kTagHead].back())); }

  void CloseImplied(uint32_t tag) {
    if (!open_by_tag_[kTagHead].empty() && !kHeadContent.Has(tag)) CloseHead();
    if (tag == kTagLi) CloseNearest(kItem);
    if (tag == kTagDd || tag == kTagDt) CloseNearest(kDefinition);
    if (IsOfKind(tag, kRowGroup)) CloseNearest(kRowGroup);
    if (tag == kTagTr || IsOfKind(tag, kRowGroup)) CloseNearest(kRow);
    if (tag == kTagTr || IsOfKind(tag, kRowGroup) || IsOfKind(tag, kCell)) CloseNearest(kCell);
    if (tag == kTagOption || tag == kTagOptgroup) CloseNearest(kOption);
    if (tag == kTagA) CloseNearest(kLink);
    if (ClosesParagraph(tag)) CloseNearest(kParagraph);
  }

  void Push(uint32_t tag) {
    Open open;
    open.node = static_cast<uint32_t>(page_.nodes.size()) - 1;
    open.tag = tag;
    const auto index = static_cast<int32_t>(open_.size());
    for (int kind = 0; kind < kKinds; ++kind) {
      const int32_t outer = open_.empty() ? -1 : open_.back().nearest[kind];
      open.nearest[kind] = IsOfKind(tag, kind) ? index : BoundsKind(tag, kind) ? -1 : outer;
    }
    open_.push_back(open);
    open_by_tag_[tag].push_back(index);
  }

  // Closes all open elements from the `size`th on.
  void PopTo(size_t size) {
    while (open_.size() > size) {
      page_.nodes[open_.back().node].subtree_end = static_cast<uint32_t>(page_.nodes.size());
      open_by_tag_[open_.back().tag].pop_back();
      open_.pop_back();
    }
  }

  std::string_view record_;
  HtmlPage page_;
  StringMap<uint32_t> tags_;
  std::vector<Open> open_;
  std::vector<std::vector<int32_t>> open_by_tag_;  // where in open_ each name stands
  std::string name_;
};

}  // namespace

bool IsBlock(uint32_t tag) { return kBlocks.Has(tag); }

HtmlPage ParseHtml(std::string_view record) { return Parser(record).Parse(); }

bool HasAttribute(const HtmlPage& page, const HtmlNode& node, std::string_view name) {
  for (uint32_t at = node.attributes_begin; at < node.attributes_end; ++at) {
    if (EqualIgnoringCase(page.attributes[at].name, name)) return true;
  }
  return false;
}

std::string AttributeOf(const HtmlPage& page, const HtmlNode& node, std::string_view name) {
  for (uint32_t at = node.attributes_begin; at < node.attributes_end; ++at) {
    if (!EqualIgnoringCase(page.attributes[at].name, name)) continue;
    std::string value;
    std::string meaning;
    std::string_view rest = page.attributes[at].value;
    while (!rest.empty()) {
      size_t size = DecodeReference(rest, true, meaning);
      if (size > 0) {
        value += meaning;
      } else {
        size = std::min(rest.find('&', 1), rest.size());
        value.append(rest.substr(0, size));
      }
      rest.remove_prefix(size);
    }
    return value;
  }
  return "";
}

}  // namespace unspin
