#include "unspin/ingest/text_blocks.h"

#include <algorithm>
#include <string>
#include <utility>

#include "unspin/ingest/ascii.h"
#include "unspin/ingest/class_name_hints.h"
#include "unspin/ingest/html_references.h"

namespace unspin {
namespace {

// The size of the no-break or zero-width space at the start of `text`; 0 if there is none. Such spaces fill otherwise
// empty paragraphs.
size_t InvisibleSize(std::string_view text) {
  if (text.starts_with("\xc2\xa0")) return 2;
  if (text.starts_with("\xe2\x80\x8b") || text.starts_with("\xef\xbb\xbf")) return 3;
  return 0;
}

// Elements whose content is not shown, or is no text of the page.
constexpr TagSet kNotShown = {HtmlTag::kAudio,    HtmlTag::kButton,   HtmlTag::kCanvas,   HtmlTag::kDatalist,
                              HtmlTag::kDialog,   HtmlTag::kHead,     HtmlTag::kIframe,   HtmlTag::kMath,
                              HtmlTag::kNoembed,  HtmlTag::kNoframes, HtmlTag::kNoscript, HtmlTag::kObject,
                              HtmlTag::kScript,   HtmlTag::kSelect,   HtmlTag::kStyle,    HtmlTag::kSvg,
                              HtmlTag::kTemplate, HtmlTag::kTextarea, HtmlTag::kTitle,    HtmlTag::kVideo};

// Elements that are boilerplate by their name. A <header> inside of an article belongs to it.
constexpr TagSet kBoilerplateElements = {HtmlTag::kNav,  HtmlTag::kAside, HtmlTag::kFooter,
                                         HtmlTag::kForm, HtmlTag::kMenu,  HtmlTag::kSearch};

bool IsHidden(const HtmlPage& page, const HtmlNode& node) {
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
    text_before_.reserve(page.nodes.size() + 1);
    text_before_.push_back(0);
    for (const HtmlNode& node : page.nodes) {
      text_before_.push_back(text_before_.back() + (node.tag == HtmlTag::kText ? node.end - node.begin : 0));
    }
    for (uint32_t at = 0; at < page.nodes.size();) {
      const bool shown = !kNotShown.Has(page.nodes[at].tag);
      if (!shown) not_shown_bytes_ += BytesWithin(at);
      at = shown ? at + 1 : page.nodes[at].subtree_end;
    }
  }

  TextBlocks Run() {
    for (uint32_t at = 0; at < page_.nodes.size();) {
      while (!open_blocks_.empty() && open_blocks_.back().subtree_end <= at) {
        Flush();
        open_blocks_.pop_back();
      }
      CloseInlineQuotations(at);
      const HtmlNode& node = page_.nodes[at];
      if (node.tag == HtmlTag::kText) {
        AddText(at++);
      } else if (kNotShown.Has(node.tag) || IsHidden(page_, node)) {
        if (IsBlock(node.tag)) Flush();
        at = node.subtree_end;
      } else {
        Enter(at++);
      }
    }
    Flush();
    return std::move(found_);
  }

 private:
  // A block element whose end was not reached yet.
  struct OpenBlock {
    uint32_t subtree_end;
    HtmlTag tag;
  };

  // Notes the ends of the <q> elements that end before a node.
  void CloseInlineQuotations(uint32_t at) {
    while (!open_quotations_.empty() && page_.nodes[open_quotations_.back()].subtree_end <= at) {
      found_.runs.push_back(open_quotations_.back());
      open_quotations_.pop_back();
    }
  }

  uint64_t BytesWithin(uint32_t at) const { return text_before_[page_.nodes[at].subtree_end] - text_before_[at]; }

  // A container of most of the page's text is not boilerplate, whatever its name: "page-with-sidebar", ASP.NET forms.
  // Scripts do not count as text: they may be larger than all of it.
  bool HoldsMostText(uint32_t at) const {
    const uint64_t shown_bytes = text_before_.back() - std::min(not_shown_bytes_, text_before_.back());
    return BytesWithin(at) * 2 > shown_bytes;
  }

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
    if (node.tag == HtmlTag::kA) link_end_ = std::max(link_end_, node.subtree_end);
    if (!IsBlock(node.tag)) return;
    Flush();
    if (node.subtree_end > at + 1) open_blocks_.push_back({node.subtree_end, node.tag});
    if (node.tag != HtmlTag::kHtml && node.tag != HtmlTag::kBody) NoteKind(at);
  }

  // Notes the end of the element if its kind matters for the text inside of it.
  void NoteKind(uint32_t at) {
    const HtmlNode& node = page_.nodes[at];
    const bool is_article_element = node.tag == HtmlTag::kArticle || node.tag == HtmlTag::kMain;
    if (is_article_element) article_element_end_ = std::max(article_element_end_, node.subtree_end);
    bool article = is_article_element;
    bool boilerplate =
        kBoilerplateElements.Has(node.tag) || (node.tag == HtmlTag::kHeader && at >= article_element_end_);
    bool caption = node.tag == HtmlTag::kFigcaption;
    if (node.attributes_begin < node.attributes_end) {
      std::string names = AttributeOf(page_, node, "class");
      const std::string id = AttributeOf(page_, node, "id");
      if (IsHint(id)) names += " " + id;
      const std::string role = AttributeOf(page_, node, "role");
      boilerplate = boilerplate || NamesBoilerplate(names) || role == "navigation" || role == "complementary" ||
                    role == "contentinfo" || role == "banner";
      caption = caption || NamesCaption(names);
      article = article || AttributeOf(page_, node, "itemprop") == "articleBody" || NamesArticle(names);
    }
    if (node.tag == HtmlTag::kFooter && at < article_element_end_) article_footer_end_ = node.subtree_end;
    if (boilerplate && !HoldsMostText(at)) boilerplate_end_ = std::max(boilerplate_end_, node.subtree_end);
    // Old pages indent all of their text by it.
    if (node.tag == HtmlTag::kBlockquote && at >= quotation_end_ && !HoldsMostText(at)) {
      quotation_ = at;
      quotation_end_ = node.subtree_end;
    }
    if (caption && !HoldsMostText(at)) caption_end_ = std::max(caption_end_, node.subtree_end);
    if (article && !boilerplate) article_end_ = std::max(article_end_, node.subtree_end);
  }

  void AddText(uint32_t at) {
    const HtmlNode& node = page_.nodes[at];
    const bool linked = at < link_end_, first = block_.text.empty();
    HtmlTextCursor cursor(page_.record, node.begin, node.end);
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
      block_.in_article_footer = at < article_footer_end_;
      block_.is_boilerplate = at < boilerplate_end_;
      block_.is_caption = at < caption_end_;
      block_.in_article = at < article_end_;
    }
    found_.runs.push_back(at);
  }

  void Flush() {
    CloseInlineQuotations(static_cast<uint32_t>(page_.nodes.size()));  // a <q> ends with its paragraph
    if (IsVisible(block_.text)) {
      block_.runs_end = static_cast<uint32_t>(found_.runs.size());
      block_.container = open_blocks_.empty() ? HtmlTag::kBody : open_blocks_.back().tag;
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
  uint64_t not_shown_bytes_ = 0;       // of text in scripts and the like
  TextBlocks found_;
  TextBlock block_;
  bool after_space_ = false;  // the last character of block_ is white space
  int breaks_in_a_row_ = 0;   // <br> since the last visible text
  std::vector<OpenBlock> open_blocks_;
  // The nodes before which the outermost element of each kind ends:
  uint32_t link_end_ = 0;
  uint32_t boilerplate_end_ = 0;
  uint32_t caption_end_ = 0;
  uint32_t article_end_ = 0;
  uint32_t article_element_end_ = 0;  // <article> and <main> only
  uint32_t article_footer_end_ = 0;
  uint32_t quotation_end_ = 0;
  uint32_t quotation_ = 0;                 // the <blockquote> that ends there
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
