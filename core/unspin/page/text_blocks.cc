#include "unspin/page/text_blocks.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "unspin/article/ascii.h"
#include "unspin/page/html_references.h"

namespace unspin {
namespace {

// The size of the no-break or zero-width space at the start of `text`; 0 if there is none. Such spaces fill otherwise
// empty paragraphs.
size_t InvisibleSize(std::string_view text) {
  if (text.starts_with("\xc2\xa0")) return 2;
  if (text.starts_with("\xe2\x80\x8b") || text.starts_with("\xef\xbb\xbf")) return 3;
  return 0;
}

// Elements whose content is no text of the page.
constexpr TagSet kNoText = {
    HtmlTag::kAudio, HtmlTag::kButton,  HtmlTag::kCanvas,   HtmlTag::kDatalist, HtmlTag::kHead,   HtmlTag::kIframe,
    HtmlTag::kMath,  HtmlTag::kNoembed, HtmlTag::kNoframes, HtmlTag::kObject,   HtmlTag::kScript, HtmlTag::kSelect,
    HtmlTag::kStyle, HtmlTag::kSvg,     HtmlTag::kTextarea, HtmlTag::kTitle,    HtmlTag::kVideo};

bool IsHidden(const HtmlPage& page, const HtmlNode& node) {
  if (node.tag == HtmlTag::kDialog && !HasAttribute(page, node, "open")) return true;
  if (node.attributes_begin == node.attributes_end) return false;
  if (HasAttribute(page, node, "hidden")) return true;
  if (AttributeOf(page, node, "aria-hidden") == "true") return true;
  std::string style = AttributeOf(page, node, "style");
  style.erase(std::remove_if(style.begin(), style.end(), IsHtmlSpace), style.end());
  return style.find("display:none") != std::string::npos || style.find("visibility:hidden") != std::string::npos;
}

bool EndsSentence(std::string_view text) {
  while (!text.empty() &&
         (IsHtmlSpace(text.back()) || text.back() == '"' || text.back() == '\'' || text.back() == ')')) {
    text.remove_suffix(1);
  }
  for (const std::string_view closing : {"\xe2\x80\x9d", "\xe2\x80\x99", "\xc2\xbb"}) {  // ” ’ »
    if (text.ends_with(closing)) text.remove_suffix(closing.size());
  }
  if (text.empty()) return false;
  if (text.back() == '.' || text.back() == '!' || text.back() == '?' || text.back() == ':') return true;
  const std::string_view last = text.size() >= 3 ? text.substr(text.size() - 3) : std::string_view();
  return last == "\xe3\x80\x82" || last == "\xef\xbc\x81" || last == "\xef\xbc\x9f" ||
         last == "\xe2\x80\xa6";  // 。！？…
}

// Cuts the page into blocks and notes which elements each block is inside of.
class BlockFinder {
 public:
  explicit BlockFinder(const HtmlPage& page) : page_(page) {
    found_.surroundings.emplace_back();
    found_.parents.assign(page.nodes.size(), 0);
    text_before_.reserve(page.nodes.size() + 1);
    text_before_.push_back(0);
    for (const HtmlNode& node : page.nodes)
      text_before_.push_back(text_before_.back() + (node.tag == HtmlTag::kText ? node.end - node.begin : 0));
    uint64_t no_text_bytes = 0;
    for (uint32_t at = 0; at < page.nodes.size();) {
      const bool has_text = !kNoText.Has(page.nodes[at].tag);
      if (!has_text) no_text_bytes += BytesWithin(at);
      at = has_text ? at + 1 : page.nodes[at].subtree_end;
    }
    text_bytes_ = text_before_.back() - no_text_bytes;
    FindHovers();
  }

  TextBlocks Run() {
    for (uint32_t at = 0; at < page_.nodes.size();) {
      Leave(at);
      const HtmlNode& node = page_.nodes[at];
      if (node.tag == HtmlTag::kText) {
        AddText(at++);
      } else if (kNoText.Has(node.tag) || IsHoverText(at)) {
        if (IsBlock(node.tag)) Flush();
        at = node.subtree_end;
      } else if (const Visibility visibility = VisibilityOf(node); visibility == visibility_) {
        Enter(at++);
      } else if (HoldsBlocks(at)) {
        Flush();
        visibility_ = visibility;
        visibility_end_ = node.subtree_end;
        Enter(at++);
      } else {  // words for screen readers, and the like
        if (IsBlock(node.tag)) Flush();
        at = node.subtree_end;
      }
    }
    Leave(static_cast<uint32_t>(page_.nodes.size()));
    Flush();
    return std::move(found_);
  }

 private:
  // A block element whose end was not reached yet.
  struct OpenBlock {
    uint32_t node;
    uint32_t subtree_end;
  };
  // An element with signs, whose end was not reached yet.
  struct OpenSigns {
    uint32_t subtree_end;
    uint32_t surroundings;  // of what is inside
  };

  // Marks the innermost elements that appear while the pointer is on a word: the one around it holds the word too.
  void FindHovers() {
    std::vector<uint32_t> hovers;
    for (uint32_t at = 0; at < page_.nodes.size(); ++at) {
      const HtmlNode& node = page_.nodes[at];
      if (node.attributes_begin == node.attributes_end || IsBlock(node.tag)) continue;
      if (signs_.SignsOf(page_, node).Has(BlockSign::kHover)) hovers.push_back(at);
    }
    for (size_t i = 0; i < hovers.size(); ++i) {
      if (i + 1 == hovers.size() || hovers[i + 1] >= page_.nodes[hovers[i]].subtree_end) hovers_.insert(hovers[i]);
    }
  }

  // Whether an element's text appears beside the words before it only while the pointer is on them.
  bool IsHoverText(uint32_t at) const { return !block_.text.empty() && hovers_.contains(at); }

  uint64_t BytesWithin(uint32_t at) const { return text_before_[page_.nodes[at].subtree_end] - text_before_[at]; }

  // What becomes of an element's text where the elements around it are as they are. The outermost decides.
  Visibility VisibilityOf(const HtmlNode& node) const {
    if (visibility_ != Visibility::kShown) return visibility_;
    if (node.tag == HtmlTag::kNoscript) return Visibility::kNoscript;
    if (node.tag == HtmlTag::kTemplate) return Visibility::kTemplate;
    return IsHidden(page_, node) ? Visibility::kHidden : Visibility::kShown;
  }

  // Whether an element that is not shown may hold paragraphs of an article.
  bool HoldsBlocks(uint32_t at) const {
    constexpr uint64_t kMinBytes = 200;  // of text and the tags in it
    return BytesWithin(at) >= kMinBytes;
  }

  // Closes what ends before a node.
  void Leave(uint32_t at) {
    while (!open_blocks_.empty() && open_blocks_.back().subtree_end <= at) {
      Flush();
      open_blocks_.pop_back();
    }
    if (visibility_ != Visibility::kShown && visibility_end_ <= at) {
      Flush();
      visibility_ = Visibility::kShown;
    }
    while (!open_signs_.empty() && open_signs_.back().subtree_end <= at) open_signs_.pop_back();
    CloseInlineQuotations(at);
  }

  // Notes the ends of the <q> elements that end before a node.
  void CloseInlineQuotations(uint32_t at) {
    while (!open_quotations_.empty() && page_.nodes[open_quotations_.back()].subtree_end <= at) {
      found_.runs.push_back(open_quotations_.back());
      open_quotations_.pop_back();
    }
  }

  // A container of most of the page's text is no quotation: old pages indent all of it by <blockquote>.
  bool HoldsMostText(uint32_t at) const { return BytesWithin(at) * 2 > text_bytes_; }

  void Enter(uint32_t at) {
    const HtmlNode& node = page_.nodes[at];
    if (node.tag == HtmlTag::kBr) {
      if (block_.text.empty()) return;
      found_.runs.push_back(at);
      if (++breaks_in_a_row_ >= 2) Flush();
      return;
    }
    if (node.tag == HtmlTag::kQ && node.subtree_end > at + 1) {
      found_.runs.push_back(at);
      open_quotations_.push_back(at);
      return;
    }
    if (IsBlock(node.tag)) {
      Flush();
      found_.parents[at] = open_blocks_.empty() ? at : open_blocks_.back().node;
      open_blocks_.push_back({at, node.subtree_end});
    }
    if (node.tag == HtmlTag::kA) link_end_ = std::max(link_end_, node.subtree_end);
    AddSigns(at);
    if (node.tag == HtmlTag::kBlockquote && at >= quotation_end_ && !HoldsMostText(at)) {
      quotation_ = at + 1;
      quotation_end_ = node.subtree_end;
    }
  }

  void AddSigns(uint32_t at) {
    const HtmlNode& node = page_.nodes[at];
    const BlockSignSet signs = signs_.SignsOf(page_, node);
    if (signs.empty() || node.subtree_end == at + 1) return;
    BlockSurroundings inside = found_.surroundings[surroundings()];
    for (size_t sign = 0; sign < kBlockSigns; ++sign) {
      if (signs.Has(static_cast<BlockSign>(sign))) inside.innermost[sign] = at + 1;
    }
    open_signs_.push_back({node.subtree_end, static_cast<uint32_t>(found_.surroundings.size())});
    found_.surroundings.push_back(inside);
  }

  uint32_t surroundings() const { return open_signs_.empty() ? 0 : open_signs_.back().surroundings; }

  void AddText(uint32_t at) {
    const HtmlNode& node = page_.nodes[at];
    const bool linked = at < link_end_, first = block_.text.empty();
    HtmlTextCursor cursor(page_.record, node.begin, node.end, node.has_references);
    for (HtmlTextCursor::Chunk chunk; cursor.Next(chunk);) {
      for (const char c : chunk.bytes) {
        const bool space = IsHtmlSpace(c);
        if (!(space && (after_space_ || block_.bytes == 0))) {
          ++block_.bytes;
          block_.linked_bytes += linked ? 1 : 0;
        }
        if (c == ',' || c == ';') ++block_.commas;
        after_space_ = space;
      }
      if (IsVisible(chunk.bytes)) breaks_in_a_row_ = 0;
      block_.text.append(chunk.bytes);
    }
    if (first) {  // the first run of text decides
      block_.quotation = at < quotation_end_ ? quotation_ : 0;
      block_.surroundings = surroundings();
      block_.visibility = visibility_;
    }
    found_.runs.push_back(at);
  }

  void Flush() {
    CloseInlineQuotations(static_cast<uint32_t>(page_.nodes.size()));  // a <q> ends with its paragraph
    if (IsVisible(block_.text)) {
      block_.runs_end = static_cast<uint32_t>(found_.runs.size());
      for (size_t i = 0; i < std::min(open_blocks_.size(), kBlockAncestors); ++i)
        block_.ancestors[i] = open_blocks_[open_blocks_.size() - 1 - i].node;
      block_.container = open_blocks_.empty() ? HtmlTag::kBody : page_.nodes[block_.ancestors[0]].tag;
      block_.depth = static_cast<uint32_t>(open_blocks_.size());
      block_.ends_sentence = EndsSentence(block_.text);
      found_.blocks.push_back(std::move(block_));
    } else {
      found_.runs.resize(block_.runs_begin);
    }
    block_ = TextBlock();
    block_.runs_begin = static_cast<uint32_t>(found_.runs.size());
    after_space_ = false;
    breaks_in_a_row_ = 0;
  }

  const HtmlPage& page_;
  std::vector<uint64_t> text_before_;  // by node: bytes of text in the nodes before it
  uint64_t text_bytes_ = 0;            // of the page, without scripts and the like
  SignReader signs_;
  absl::flat_hash_set<uint32_t> hovers_;
  TextBlocks found_;
  TextBlock block_;
  bool after_space_ = false;  // the last character of block_ is white space
  int breaks_in_a_row_ = 0;   // <br> since the last visible text
  std::vector<OpenBlock> open_blocks_;
  std::vector<OpenSigns> open_signs_;
  Visibility visibility_ = Visibility::kShown;
  // The nodes before which the outermost element of each kind ends:
  uint32_t visibility_end_ = 0;  // that is not shown
  uint32_t link_end_ = 0;
  uint32_t quotation_end_ = 0;
  uint32_t quotation_ = 0;                 // the <blockquote> that ends there, plus 1
  std::vector<uint32_t> open_quotations_;  // <q> elements, the innermost last
};

}  // namespace

bool IsVisible(std::string_view text) {
  while (!text.empty()) {
    const size_t size = IsHtmlSpace(text[0]) ? 1 : InvisibleSize(text);
    if (size == 0) return true;
    text.remove_prefix(size);
  }
  return false;
}

TextBlocks FindTextBlocks(const HtmlPage& page) { return BlockFinder(page).Run(); }

}  // namespace unspin
