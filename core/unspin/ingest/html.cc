#include "unspin/ingest/html.h"

#include <algorithm>
#include <cassert>
#include <limits>
#include <utility>

#include "unspin/base/strings.h"
#include "unspin/ingest/ascii.h"
#include "unspin/ingest/html_markup.h"
#include "unspin/ingest/html_open_elements.h"
#include "unspin/ingest/html_references.h"

namespace unspin {
namespace {

// Elements without content or end tag.
constexpr TagSet kVoid = {HtmlTag::kArea,  HtmlTag::kBase,   HtmlTag::kBr,    HtmlTag::kCol,  HtmlTag::kEmbed,
                          HtmlTag::kHr,    HtmlTag::kImg,    HtmlTag::kInput, HtmlTag::kLink, HtmlTag::kMeta,
                          HtmlTag::kParam, HtmlTag::kSource, HtmlTag::kTrack, HtmlTag::kWbr};

// Elements whose content is text up to their own end tag, whatever it looks like.
constexpr TagSet kRawText = {HtmlTag::kIframe,    HtmlTag::kNoembed, HtmlTag::kNoframes,
                             HtmlTag::kPlaintext, HtmlTag::kScript,  HtmlTag::kStyle,
                             HtmlTag::kTextarea,  HtmlTag::kTitle,   HtmlTag::kXmp};

// Any other element starts the body, also without a <body> tag.
constexpr TagSet kHeadContent = {HtmlTag::kBase,   HtmlTag::kLink,  HtmlTag::kMeta,     HtmlTag::kNoscript,
                                 HtmlTag::kScript, HtmlTag::kStyle, HtmlTag::kTemplate, HtmlTag::kTitle};

// Blocks that do not end a paragraph: those of a table, and those of the whole page.
constexpr TagSet kLeavesParagraphOpen = {HtmlTag::kBody,  HtmlTag::kCaption, HtmlTag::kHtml,  HtmlTag::kTable,
                                         HtmlTag::kTbody, HtmlTag::kTd,      HtmlTag::kTfoot, HtmlTag::kTh,
                                         HtmlTag::kThead, HtmlTag::kTr};

bool ClosesParagraph(HtmlTag tag) { return IsBlock(tag) && !kLeavesParagraphOpen.Has(tag); }

bool IsBlank(std::string_view text) { return std::all_of(text.begin(), text.end(), IsHtmlSpace); }

class Parser {
 public:
  explicit Parser(std::string_view record) : record_(record), open_(page_.nodes) {
    page_.record = record;
    for (uint32_t i = Index(HtmlTag::kText) + 1; i < kNamedTags; ++i) {
      const auto tag = static_cast<HtmlTag>(i);
      tags_.emplace(std::string(NameOf(tag)), tag);
    }
  }

  HtmlPage Parse() {
    size_t text_begin = 0;
    size_t offset = 0;
    while ((offset = record_.find('<', offset)) != std::string_view::npos) {
      if (!IsMarkup(record_, offset)) {
        ++offset;
        continue;
      }
      AddText(text_begin, offset);
      const char next = record_[offset + 1];
      offset = IsAsciiLetter(next) ? StartTag(offset)
               : next == '/'       ? EndTag(offset)
                                   : EndOfDeclaration(record_, offset);
      text_begin = offset;
    }
    AddText(text_begin, record_.size());
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

  void AddText(size_t begin, size_t end) {
    if (begin >= end) return;
    const bool in_head = !open_.empty() && open_.innermost() == HtmlTag::kHead;
    if (in_head && !IsBlank(record_.substr(begin, end - begin))) open_.Close(HtmlTag::kHead);
    AddNode(HtmlTag::kText, begin, end);
  }

  HtmlTag TagNamed(size_t begin, size_t end) {
    name_.assign(record_.substr(begin, end - begin));
    for (char& c : name_) c = AsciiLower(c);
    const auto [row, is_new] = tags_.try_emplace(name_);
    if (is_new) row->second = open_.AddTag();
    return row->second;
  }

  // Returns the offset behind the tag, or behind the whole element if its content is raw text.
  size_t StartTag(size_t begin) {
    const size_t name_end = EndOfTagName(record_, begin + 1);
    const size_t attributes_before = page_.attributes.size();
    const TagEnd end = ReadAttributes(record_, name_end, &page_.attributes);
    if (end.offset == std::string_view::npos) {  // the record ends inside the tag, which therefore is none
      page_.attributes.resize(attributes_before);
      return record_.size();
    }
    const HtmlTag tag = TagNamed(begin + 1, name_end);
    CloseImplied(tag);
    HtmlNode& node = AddNode(tag, begin, end.offset);
    node.attributes_begin = static_cast<uint32_t>(attributes_before);
    node.attributes_end = static_cast<uint32_t>(page_.attributes.size());
    const bool foreign =
        tag == HtmlTag::kSvg || tag == HtmlTag::kMath || open_.IsOpen(HtmlTag::kSvg) || open_.IsOpen(HtmlTag::kMath);
    if (kVoid.Has(tag) || (end.self_closing && foreign)) return end.offset;
    open_.Push(tag);
    return kRawText.Has(tag) ? RawText(tag, end.offset) : end.offset;
  }

  // Adds the content of an open raw-text element and closes it. Returns the offset behind its end tag.
  size_t RawText(HtmlTag tag, size_t begin) {
    const size_t close = tag == HtmlTag::kPlaintext ? record_.size() : EndOfRawText(record_, begin, NameOf(tag));
    AddText(begin, close);
    open_.Pop();
    const size_t end = record_.find('>', close);
    return end == std::string_view::npos ? record_.size() : end + 1;
  }

  size_t EndTag(size_t begin) {
    const size_t name_end = EndOfTagName(record_, begin + 2);
    const size_t end = std::min(ReadAttributes(record_, name_end, nullptr).offset, record_.size());
    if (name_end == begin + 2) return end;  // "</>" means nothing
    const HtmlTag tag = TagNamed(begin + 2, name_end);
    // Text after </body> is still part of the body.
    if (tag == HtmlTag::kBody || tag == HtmlTag::kHtml || !open_.IsOpen(tag)) return end;
    if (open_.ReachesEndTag(tag)) open_.Close(tag);
    return end;
  }

  // Closes what the start of this element ends.
  void CloseImplied(HtmlTag tag) {
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
  StringMap<HtmlTag> tags_;  // by name in lower case
  OpenElements open_;
  std::string name_;  // of the current tag
};

}  // namespace

HtmlPage ParseHtml(std::string_view record) {
  assert(record.size() <= std::numeric_limits<uint32_t>::max());
  return Parser(record).Parse();
}

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
    return value;
  }
  return "";
}

}  // namespace unspin
