// A web page as a flat tree whose text knows its place in the record.
//
// Tokens follow the HTML standard. Tree rules are the part of it that decides which text belongs together: implied ends
// of paragraphs, list items and table cells, scopes, void and raw-text elements. Any bytes are a page; time and memory
// are linear in their number, whatever their nesting, and nothing recurses. (libxml2's HTML parser takes quadratic time
// on unmatched end tags, 9 s for 100,000 of them, and does not say where a run of text stands.)
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace unspin {

// The elements that some rule speaks of. Others get numbers from kFirstUnnamed on, one per name.
enum HtmlTag : uint32_t {
  kTagText,  // not an element: a run of text
  kTagA,
  kTagAddress,
  kTagArea,
  kTagArticle,
  kTagAside,
  kTagAudio,
  kTagBase,
  kTagBlockquote,
  kTagBody,
  kTagBr,
  kTagButton,
  kTagCanvas,
  kTagCaption,
  kTagCenter,
  kTagCol,
  kTagDatalist,
  kTagDd,
  kTagDetails,
  kTagDialog,
  kTagDir,
  kTagDiv,
  kTagDl,
  kTagDt,
  kTagEmbed,
  kTagFieldset,
  kTagFigcaption,
  kTagFigure,
  kTagFooter,
  kTagForm,
  kTagH1,
  kTagH2,
  kTagH3,
  kTagH4,
  kTagH5,
  kTagH6,
  kTagHead,
  kTagHeader,
  kTagHgroup,
  kTagHr,
  kTagHtml,
  kTagIframe,
  kTagImg,
  kTagInput,
  kTagLegend,
  kTagLi,
  kTagLink,
  kTagListing,
  kTagMain,
  kTagMath,
  kTagMenu,
  kTagMeta,
  kTagNav,
  kTagNoembed,
  kTagNoframes,
  kTagNoscript,
  kTagObject,
  kTagOl,
  kTagOptgroup,
  kTagOption,
  kTagP,
  kTagParam,
  kTagPlaintext,
  kTagPre,
  kTagScript,
  kTagSearch,
  kTagSection,
  kTagSelect,
  kTagSource,
  kTagStyle,
  kTagSummary,
  kTagSvg,
  kTagTable,
  kTagTbody,
  kTagTd,
  kTagTemplate,
  kTagTextarea,
  kTagTfoot,
  kTagTh,
  kTagThead,
  kTagTime,
  kTagTitle,
  kTagTr,
  kTagTrack,
  kTagUl,
  kTagVideo,
  kTagWbr,
  kTagXmp,
  kFirstUnnamed
};

// Some of the named elements.
class TagSet {
 public:
  constexpr TagSet(std::initializer_list<uint32_t> tags) : has_() {
    for (const uint32_t tag : tags) has_[tag] = true;
  }
  constexpr bool Has(uint32_t tag) const { return tag < kFirstUnnamed && has_[tag]; }

 private:
  std::array<bool, kFirstUnnamed> has_;
};

struct HtmlAttribute {
  std::string_view name;   // as spelt
  std::string_view value;  // as spelt, character references and all
};

struct HtmlNode {
  uint32_t tag = kTagText;
  uint32_t begin = 0;  // of the text, or of the start tag, in bytes of the record
  uint32_t end = 0;
  uint32_t subtree_end = 0;  // the first node after this one and all within it
  uint32_t attributes_begin = 0;
  uint32_t attributes_end = 0;
};

// Nodes stand in the order of the record: an element's subtree is the run [node, subtree_end). Borrows the record.
struct HtmlPage {
  std::string_view record;
  std::vector<HtmlNode> nodes;
  std::vector<HtmlAttribute> attributes;
};

// REQUIRES: record.size() < 4 GiB.
HtmlPage ParseHtml(std::string_view record);

// Whether an element starts and ends a line of its own.
bool IsBlock(uint32_t tag);

// The value of an element's attribute with references decoded; empty where there is none. `name` is in lower case.
std::string AttributeOf(const HtmlPage& page, const HtmlNode& node, std::string_view name);
bool HasAttribute(const HtmlPage& page, const HtmlNode& node, std::string_view name);

// Walks through a run of text, cutting it at character references.
class HtmlTextCursor {
 public:
  struct Piece {
    std::string_view bytes;  // valid until the next call
    uint32_t begin = 0;
    uint32_t end = 0;
    bool is_reference = false;
  };

  HtmlTextCursor(std::string_view record, uint32_t begin, uint32_t end) : record_(record), at_(begin), end_(end) {}
  bool Next(Piece& piece);

 private:
  std::string_view record_;
  uint32_t at_;
  uint32_t end_;
  std::string decoded_;
};

// What the character reference at the start of `text` ("&amp;…") means and how many bytes it takes; 0 if it is none.
// In attributes, a name without its semicolon before "=" or a letter or digit is not a reference.
size_t DecodeReference(std::string_view text, bool in_attribute, std::string& meaning);

}  // namespace unspin
