// A web page as a flat tree. Each run of text knows its offsets in the record.
//
// Tokens are those of the HTML standard. Of its rules for trees, those are kept that decide which text belongs
// together: implied ends of paragraphs, list items and table cells, scopes, void and raw-text elements, and the HTML
// that ends an <svg> or a <math> left open. Any bytes are a page. Time and memory are linear in their number, whatever
// their nesting, and nothing recurses. (libxml2's HTML parser takes quadratic time on unmatched end tags, 9 s for
// 100,000 of them, and does not give the offset of a run of text.)
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "unspin/page/html_tag.h"

namespace unspin {

struct HtmlAttribute {
  std::string_view name;   // as written
  std::string_view value;  // as written, with its character references
};

struct HtmlNode {
  HtmlTag tag = HtmlTag::kText;
  uint32_t begin = 0;  // of the text, or of the start tag, in bytes of the record
  uint32_t end = 0;
  uint32_t subtree_end = 0;  // the first node after this one and its descendants
  uint32_t attributes_begin = 0;
  uint32_t attributes_end = 0;
  bool has_references = true;  // of text: "&amp;" is "&", as everywhere but in scripts, styles and the like
};

// Nodes are in the order of the record: an element's subtree is the run [node, subtree_end). Borrows the record.
struct HtmlPage {
  std::string_view record;
  std::vector<HtmlNode> nodes;
  std::vector<HtmlAttribute> attributes;
};

// REQUIRES: record.size() < 4 GiB.
HtmlPage ParseHtml(std::string_view record);

// The value of an element's attribute with references decoded; empty if there is none. `name` is in lower case.
std::string AttributeOf(const HtmlPage& page, const HtmlNode& node, std::string_view name);
bool HasAttribute(const HtmlPage& page, const HtmlNode& node, std::string_view name);

}  // namespace unspin
