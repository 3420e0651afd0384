#include "unspin/page/html.h"

#include <algorithm>
#include <cassert>
#include <limits>
#include <utility>

#include "unspin/article/ascii.h"
#include "unspin/base/strings.h"
#include "unspin/page/html_open_elements.h"
#include "unspin/page/html_references.h"
#include "unspin/page/html_tokenizer.h"

namespace unspin {
namespace {

// Elements without content or end tag.
constexpr TagSet kVoid = {HtmlTag::kArea,  HtmlTag::kBase,   HtmlTag::kBr,    HtmlTag::kCol,  HtmlTag::kEmbed,
                          HtmlTag::kHr,    HtmlTag::kImg,    HtmlTag::kInput, HtmlTag::kLink, HtmlTag::kMeta,
                          HtmlTag::kParam, HtmlTag::kSource, HtmlTag::kTrack, HtmlTag::kWbr};

// The content of an element that is HTML.
HtmlContent ContentOf(HtmlTag tag) {
  constexpr TagSet kRcdata = {HtmlTag::kTextarea, HtmlTag::kTitle};
  constexpr TagSet kRawText = {HtmlTag::kIframe, HtmlTag::kNoembed, HtmlTag::kNoframes, HtmlTag::kStyle, HtmlTag::kXmp};
  if (kRcdata.Has(tag)) return HtmlContent::kRcdata;
  if (kRawText.Has(tag)) return HtmlContent::kRawText;
  if (tag == HtmlTag::kScript) return HtmlContent::kScript;
  return tag == HtmlTag::kPlaintext ? HtmlContent::kPlaintext : HtmlContent::kData;
}

// Any other element starts the body, also without a <body> tag.
constexpr TagSet kHeadContent = {HtmlTag::kBase,   HtmlTag::kLink,  HtmlTag::kMeta,     HtmlTag::kNoscript,
                                 HtmlTag::kScript, HtmlTag::kStyle, HtmlTag::kTemplate, HtmlTag::kTitle};

// Blocks that do not end a paragraph: those of a table, of a form, and of the whole page.
constexpr TagSet kLeavesParagraphOpen = {HtmlTag::kBody,   HtmlTag::kCaption, HtmlTag::kHtml,  HtmlTag::kLegend,
                                         HtmlTag::kOption, HtmlTag::kTable,   HtmlTag::kTbody, HtmlTag::kTd,
                                         HtmlTag::kTfoot,  HtmlTag::kTh,      HtmlTag::kThead, HtmlTag::kTr};

// Elements that are HTML also where an <svg> or <math> was left open: they end it.
constexpr TagSet kEndsForeign = {
    HtmlTag::kB,       HtmlTag::kBig,  HtmlTag::kBlockquote, HtmlTag::kBody,  HtmlTag::kBr,   HtmlTag::kCenter,
    HtmlTag::kCode,    HtmlTag::kDd,   HtmlTag::kDiv,        HtmlTag::kDl,    HtmlTag::kDt,   HtmlTag::kEm,
    HtmlTag::kEmbed,   HtmlTag::kH1,   HtmlTag::kH2,         HtmlTag::kH3,    HtmlTag::kH4,   HtmlTag::kH5,
    HtmlTag::kH6,      HtmlTag::kHead, HtmlTag::kHr,         HtmlTag::kI,     HtmlTag::kImg,  HtmlTag::kLi,
    HtmlTag::kListing, HtmlTag::kMenu, HtmlTag::kMeta,       HtmlTag::kNobr,  HtmlTag::kOl,   HtmlTag::kP,
    HtmlTag::kPre,     HtmlTag::kRuby, HtmlTag::kS,          HtmlTag::kSmall, HtmlTag::kSpan, HtmlTag::kStrike,
    HtmlTag::kStrong,  HtmlTag::kSub,  HtmlTag::kSup,        HtmlTag::kTable, HtmlTag::kTt,   HtmlTag::kU,
    HtmlTag::kUl,      HtmlTag::kVar};

bool ClosesParagraph(HtmlTag tag) { return IsBlock(tag) && !kLeavesParagraphOpen.Has(tag); }

bool IsBlank(std::string_view text) { return std::all_of(text.begin(), text.end(), IsHtmlSpace); }

// By name in lower case.
const StringMap<HtmlTag>& NamedTags() {
  static const auto* const tags = [] {
    auto* const all = new StringMap<HtmlTag>;
    for (uint32_t i = Index(HtmlTag::kText) + 1; i < kNamedTags; ++i) {
      const auto tag = static_cast<HtmlTag>(i);
      all->emplace(NameOf(tag), tag);
    }
    return all;
  }();
  return *tags;
}

class Parser {
 public:
  explicit Parser(std::string_view record) : record_(record), tokenizer_(record, page_.attributes), open_(page_.nodes) {
    page_.record = record;
  }

  HtmlPage Parse() {
    for (HtmlToken token; tokenizer_.Next(token);) {
      if (token.kind == HtmlTokenKind::kText) AddText(token);
      if (token.kind == HtmlTokenKind::kStartTag) StartTag(token);
      if (token.kind == HtmlTokenKind::kEndTag) EndTag(token);
      tokenizer_.AllowCdata(IsForeign());
    }
    open_.CloseAll();
    return std::move(page_);
  }

 private:
  HtmlNode& AddNode(HtmlTag tag, size_t begin, size_t end) {
    HtmlNode& node = page_.nodes.emplace_back();
    node.tag = tag;
    node.begin = static_cast<uint32_t>(begin);
    node.end = static_cast<uint32_t>(end);
    node.subtree_end = static_cast<uint32_t>(page_.nodes.size());
    return node;
  }

  void AddText(const HtmlToken& token) {
    const bool in_head = !open_.empty() && open_.innermost() == HtmlTag::kHead;
    if (in_head && !IsBlank(record_.substr(token.begin, token.end - token.begin))) open_.Close(HtmlTag::kHead);
    AddNode(HtmlTag::kText, token.begin, token.end).has_references = token.has_references;
  }

  HtmlTag TagNamed(std::string_view name) {
    name_.assign(name);
    for (char& c : name_) c = AsciiLower(c);
    if (const auto named = NamedTags().find(name_); named != NamedTags().end()) return named->second;
    const auto [row, is_new] = other_tags_.try_emplace(name_);
    if (is_new) row->second = open_.AddTag();
    return row->second;
  }

  // Whether an element that began here were one of <svg> or <math>.
  bool IsForeign() const { return open_.HasInScope(ElementKind::kForeign); }

  void StartTag(const HtmlToken& token) {
    const HtmlTag tag = TagNamed(token.name);
    CloseImplied(tag);
    const bool ends_select = (tag == HtmlTag::kSelect || tag == HtmlTag::kInput) && CloseIfReached(HtmlTag::kSelect);
    HtmlNode& node = AddNode(tag, token.begin, token.end);
    node.attributes_begin = static_cast<uint32_t>(token.attributes_begin);
    node.attributes_end = static_cast<uint32_t>(page_.attributes.size());
    const bool foreign = IsForeign() || IsOfKind(tag, ElementKind::kForeign);
    // A menu inside of a menu is its end tag.
    if (kVoid.Has(tag) || ends_select || (token.self_closing && foreign)) return;
    open_.Push(tag);
    const HtmlContent content = foreign ? HtmlContent::kData : ContentOf(tag);
    if (content != HtmlContent::kData) tokenizer_.SetContent(content, NameOf(tag));
  }

  void EndTag(const HtmlToken& token) {
    const HtmlTag tag = TagNamed(token.name);
    // Text after </body> is still part of the body.
    if (tag != HtmlTag::kBody && tag != HtmlTag::kHtml) CloseIfReached(tag);
  }

  // Closes the innermost element of this tag if an end tag here would, and returns whether it did.
  bool CloseIfReached(HtmlTag tag) {
    const bool reached = open_.IsOpen(tag) && open_.ReachesEndTag(tag);
    if (reached) open_.Close(tag);
    return reached;
  }

  // Closes what the start of this element ends.
  void CloseImplied(HtmlTag tag) {
    while (kEndsForeign.Has(tag) && IsForeign()) open_.CloseNearest(ElementKind::kForeign);
    if (IsForeign()) return;
    if (open_.IsOpen(HtmlTag::kHead) && !kHeadContent.Has(tag)) open_.Close(HtmlTag::kHead);
    const bool is_row_group = IsOfKind(tag, ElementKind::kRowGroup);
    const bool is_row = IsOfKind(tag, ElementKind::kRow);
    const bool is_cell = IsOfKind(tag, ElementKind::kCell);
    if (IsOfKind(tag, ElementKind::kItem)) open_.CloseNearest(ElementKind::kItem);
    if (IsOfKind(tag, ElementKind::kDefinition)) open_.CloseNearest(ElementKind::kDefinition);
    if (is_row_group) open_.CloseNearest(ElementKind::kRowGroup);
    if (is_row_group || is_row) open_.CloseNearest(ElementKind::kRow);
    if (is_row_group || is_row || is_cell) open_.CloseNearest(ElementKind::kCell);
    if (tag == HtmlTag::kOption || tag == HtmlTag::kOptgroup) open_.CloseNearest(ElementKind::kOption);
    if (tag == HtmlTag::kA) open_.CloseNearest(ElementKind::kLink);
    if (ClosesParagraph(tag)) open_.CloseNearest(ElementKind::kParagraph);
  }

  const std::string_view record_;
  HtmlPage page_;
  HtmlTokenizer tokenizer_;
  StringMap<HtmlTag> other_tags_;  // those without a name of their own here, by name in lower case
  OpenElements open_;
  std::string name_;  // of the current tag
};

}  // namespace

HtmlPage ParseHtml(std::string_view record) {
  assert(record.size() <= std::numeric_limits<uint32_t>::max());
  return Parser(record).Parse();
}

namespace {

void ReplaceNulls(std::string& text) {
  constexpr std::string_view kReplacement = "\xef\xbf\xbd";  // U+FFFD
  size_t null = text.find('\0');
  if (null == std::string::npos) return;
  std::string replaced = text.substr(0, null);
  for (const char c : std::string_view(text).substr(null)) {
    if (c == '\0') {
      replaced += kReplacement;
    } else {
      replaced += c;
    }
  }
  text = std::move(replaced);
}

}  // namespace

bool HasAttribute(const HtmlPage& page, const HtmlNode& node, std::string_view name) {
  for (uint32_t i = node.attributes_begin; i < node.attributes_end; ++i) {
    if (EqualIgnoringCase(page.attributes[i].name, name)) return true;
  }
  return false;
}

std::string AttributeOf(const HtmlPage& page, const HtmlNode& node, std::string_view name) {
  for (uint32_t i = node.attributes_begin; i < node.attributes_end; ++i) {
    if (!EqualIgnoringCase(page.attributes[i].name, name)) continue;
    std::string value;
    std::string characters;
    std::string_view rest = page.attributes[i].value;
    while (!rest.empty()) {
      size_t size = DecodeReference(rest, ReferenceContext::kAttribute, characters);
      if (size > 0) {
        value += characters;
      } else {
        size = std::min(rest.find('&', 1), rest.size());
        value.append(rest.substr(0, size));
      }
      rest.remove_prefix(size);
    }
    ReplaceNulls(value);
    return value;
  }
  return "";
}

}  // namespace unspin
