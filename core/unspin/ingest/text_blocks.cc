// The hints in class names follow Readability (Arc90 2010, Mozilla).
#include "unspin/ingest/text_blocks.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include "unspin/base/strings.h"

namespace unspin {
namespace {

// No-break and zero-width spaces, which fill otherwise empty paragraphs.
size_t InvisibleAt(std::string_view text) {
  if (text.substr(0, 2) == "\xc2\xa0") return 2;
  if (text.substr(0, 3) == "\xe2\x80\x8b" || text.substr(0, 3) == "\xef\xbb\xbf") return 3;
  return 0;
}

constexpr TagSet kInvisible = {kTagAudio, kTagButton,  kTagCanvas,   kTagDatalist, kTagDialog, kTagHead,   kTagIframe,
                               kTagMath,  kTagNoembed, kTagNoframes, kTagNoscript, kTagObject, kTagScript, kTagSelect,
                               kTagStyle, kTagSvg,     kTagTemplate, kTagTextarea, kTagTitle,  kTagVideo};

bool IsHidden(const HtmlPage& page, const HtmlNode& node) {
  if (node.attributes_begin == node.attributes_end) return false;
  if (HasAttribute(page, node, "hidden")) return true;
  if (AttributeOf(page, node, "aria-hidden") == "true") return true;
  std::string style = AttributeOf(page, node, "style");
  style.erase(std::remove_if(style.begin(), style.end(), IsHtmlSpace), style.end());
  return style.find("display:none") != std::string::npos || style.find("visibility:hidden") != std::string::npos;
}

// The words that `names` ("article__share-bar mainMenu") is made of, in lower case: article share bar main menu.
template <typename Visit>
void ForEachNameWord(std::string_view names, Visit visit) {
  std::string word;
  const auto finish = [&] {
    if (!word.empty()) visit(word);
    word.clear();
  };
  for (size_t at = 0; at < names.size(); ++at) {
    const auto c = static_cast<unsigned char>(names[at]);
    const bool starts_hump = std::isupper(c) && at > 0 && std::islower(static_cast<unsigned char>(names[at - 1]));
    if (!std::isalnum(c) || starts_hump) finish();
    if (std::isalnum(c)) word += static_cast<char>(std::tolower(c));
  }
  finish();
}

// Longer ids are headlines turned into anchors: "sharing-with-multiple-developers" has nothing to do with share
// buttons.
constexpr size_t kMaxIdHint = 3;

size_t NameWords(std::string_view names) {
  size_t words = 0;
  ForEachNameWord(names, [&](const std::string&) { ++words; });
  return words;
}

bool NamesBoilerplate(std::string_view names) {
  static const auto* const kWords = new StringSet{"ad",
                                                  "ads",
                                                  "advert",
                                                  "adverts",
                                                  "advertisement",
                                                  "advertising",
                                                  "banner",
                                                  "breadcrumb",
                                                  "breadcrumbs",
                                                  "comment",
                                                  "comments",
                                                  "commentlist",
                                                  "cookie",
                                                  "cookies",
                                                  "consent",
                                                  "disqus",
                                                  "footer",
                                                  "gdpr",
                                                  "login",
                                                  "masthead",
                                                  "menu",
                                                  "modal",
                                                  "mostread",
                                                  "nav",
                                                  "navbar",
                                                  "navigation",
                                                  "newsletter",
                                                  "newsletters",
                                                  "outbrain",
                                                  "pager",
                                                  "pagination",
                                                  "player",
                                                  "popular",
                                                  "popup",
                                                  "promo",
                                                  "promos",
                                                  "promoted",
                                                  "promotion",
                                                  "recirc",
                                                  "recommend",
                                                  "recommended",
                                                  "recommendation",
                                                  "recommendations",
                                                  "related",
                                                  "rss",
                                                  "share",
                                                  "sharing",
                                                  "shares",
                                                  "sharedaddy",
                                                  "shoutbox",
                                                  "sidebar",
                                                  "signup",
                                                  "skyscraper",
                                                  "social",
                                                  "sponsor",
                                                  "sponsored",
                                                  "subscribe",
                                                  "taboola",
                                                  "tags",
                                                  "taglist",
                                                  "toolbar",
                                                  "tooltip",
                                                  "trending",
                                                  "vjs"};
  bool found = false;
  ForEachNameWord(names, [&](const std::string& word) { found = found || kWords->contains(word); });
  return found;
}

bool NamesArticle(std::string_view names) {
  static const auto* const kWords =
      new StringSet{"article", "articlebody", "body", "content", "entry", "hentry", "post", "story"};
  bool found = false;
  ForEachNameWord(names, [&](const std::string& word) { found = found || kWords->contains(word); });
  return found;
}

bool NamesCaption(std::string_view names) {
  bool found = false;
  ForEachNameWord(names, [&](const std::string& word) { found = found || word == "caption" || word == "figcaption"; });
  return found;
}

bool EndsSentence(std::string_view text) {
  while (!text.empty() &&
         (IsHtmlSpace(text.back()) || text.back() == '"' || text.back() == '\'' || text.back() == ')')) {
    text.remove_suffix(1);
  }
  for (const std::string_view closing : {"\xe2\x80\x9d", "\xe2\x80\x99", "\xc2\xbb"}) {  // ” ’ »
    if (text.size() >= closing.size() && text.substr(text.size() - closing.size()) == closing)
      text.remove_suffix(closing.size());
  }
  if (text.empty()) return false;
  if (text.back() == '.' || text.back() == '!' || text.back() == '?' || text.back() == ':') return true;
  const std::string_view last = text.size() >= 3 ? text.substr(text.size() - 3) : std::string_view();
  return last == "\xe3\x80\x82" || last == "\xef\xbc\x81" || last == "\xef\xbc\x9f" ||
         last == "\xe2\x80\xa6";  // 。！？…
}

// Cuts the page into blocks and notes what each block is inside of.
class Surveyor {
 public:
  explicit Surveyor(const HtmlPage& page) : page_(page) {
    text_before_.reserve(page.nodes.size() + 1);
    text_before_.push_back(0);
    for (const HtmlNode& node : page.nodes) {
      text_before_.push_back(text_before_.back() + (node.tag == kTagText ? node.end - node.begin : 0));
    }
    for (uint32_t at = 0; at < page.nodes.size(); ++at) {  // scripts are no text: they would drown every share
      if (kInvisible.Has(page.nodes[at].tag)) scripts_ += TextWithin(at), at = page.nodes[at].subtree_end - 1;
    }
  }

  TextBlocks Run() {
    for (uint32_t at = 0; at < page_.nodes.size();) {
      while (!block_ends_.empty() && block_ends_.back().first <= at) {
        Flush();
        block_ends_.pop_back();
      }
      const HtmlNode& node = page_.nodes[at];
      if (node.tag == kTagText) {
        AddText(at++);
      } else if (kInvisible.Has(node.tag) || IsHidden(page_, node)) {
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
  uint64_t TextWithin(uint32_t at) const { return text_before_[page_.nodes[at].subtree_end] - text_before_[at]; }

  // A container of most of the page's text is not boilerplate, whatever its name: "page-with-sidebar", ASP.NET forms.
  bool HoldsMostText(uint32_t at) const {
    const uint64_t all = text_before_.back() - std::min(scripts_, text_before_.back());
    return TextWithin(at) * 2 > all;
  }

  void Enter(uint32_t at) {
    const HtmlNode& node = page_.nodes[at];
    if (node.tag == kTagBr) {
      if (block_.text.empty()) return;
      found_.runs.push_back(at);
      if (++breaks_in_a_row_ >= 2) Flush();
      return;
    }
    if (node.tag == kTagA) link_end_ = std::max(link_end_, node.subtree_end);
    if (!IsBlock(node.tag)) return;
    Flush();
    if (node.subtree_end > at + 1) block_ends_.emplace_back(node.subtree_end, node.tag);
    if (node.tag != kTagHtml && node.tag != kTagBody) NoteKind(at);
  }

  void NoteKind(uint32_t at) {
    const HtmlNode& node = page_.nodes[at];
    bool article = node.tag == kTagArticle || node.tag == kTagMain;
    if (article) article_element_end_ = std::max(article_element_end_, node.subtree_end);
    bool boilerplate = false;
    switch (node.tag) {
      case kTagNav:
      case kTagAside:
      case kTagFooter:
      case kTagForm:
      case kTagMenu:
      case kTagSearch:
        boilerplate = true;
        break;
      case kTagHeader:
        boilerplate = at >= article_element_end_;
        break;
      default:
        break;
    }
    bool caption = node.tag == kTagFigcaption;
    if (node.attributes_begin < node.attributes_end) {
      std::string names = AttributeOf(page_, node, "class");
      const std::string id = AttributeOf(page_, node, "id");
      if (NameWords(id) <= kMaxIdHint) names += " " + id;
      boilerplate = boilerplate || NamesBoilerplate(names);
      caption = caption || NamesCaption(names);
      article = article || AttributeOf(page_, node, "itemprop") == "articleBody" || NamesArticle(names);
      const std::string role = AttributeOf(page_, node, "role");
      boilerplate =
          boilerplate || role == "navigation" || role == "complementary" || role == "contentinfo" || role == "banner";
    }
    if (node.tag == kTagFooter && at < article_element_end_) article_footer_end_ = node.subtree_end;
    if (boilerplate && !HoldsMostText(at)) boilerplate_end_ = std::max(boilerplate_end_, node.subtree_end);
    if (caption && !HoldsMostText(at)) caption_end_ = std::max(caption_end_, node.subtree_end);
    if (article && !boilerplate) article_end_ = std::max(article_end_, node.subtree_end);
  }

  void AddText(uint32_t at) {
    const HtmlNode& node = page_.nodes[at];
    const bool linked = at < link_end_;
    HtmlTextCursor cursor(page_.record, node.begin, node.end);
    for (HtmlTextCursor::Piece piece; cursor.Next(piece);) {
      for (const char c : piece.bytes) {
        const bool space = IsHtmlSpace(c);
        if (!(space && (after_space_ || block_.size == 0))) {
          ++block_.size;
          block_.linked += linked ? 1 : 0;
        }
        if (c == ',' || c == ';') ++block_.commas;
        after_space_ = space;
      }
      if (IsVisible(piece.bytes)) breaks_in_a_row_ = 0;
      block_.text.append(piece.bytes);
    }
    if (found_.runs.size() == block_.runs_begin) {  // the first run says where the block is
      block_.in_article_footer = at < article_footer_end_;
      block_.boilerplate = at < boilerplate_end_;
      block_.caption = at < caption_end_;
      block_.in_article = at < article_end_;
    }
    found_.runs.push_back(at);
  }

  void Flush() {
    if (IsVisible(block_.text)) {
      block_.runs_end = static_cast<uint32_t>(found_.runs.size());
      block_.container = block_ends_.empty() ? uint32_t{kTagBody} : block_ends_.back().second;
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
  std::vector<uint64_t> text_before_;  // bytes of text in the nodes before each
  uint64_t scripts_ = 0;
  TextBlocks found_;
  TextBlock block_;
  bool after_space_ = false;
  int breaks_in_a_row_ = 0;
  std::vector<std::pair<uint32_t, uint32_t>> block_ends_;  // open block elements: their subtree's end and tag
  uint32_t link_end_ = 0;
  uint32_t boilerplate_end_ = 0;
  uint32_t caption_end_ = 0;
  uint32_t article_end_ = 0;
  uint32_t article_element_end_ = 0;  // <article> and <main> only
  uint32_t article_footer_end_ = 0;
};

}  // namespace

bool IsVisible(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    const size_t size = IsHtmlSpace(text[at]) ? 1 : InvisibleAt(text.substr(at));
    if (size == 0) return true;
    at += size;
  }
  return false;
}

TextBlocks FindTextBlocks(const HtmlPage& page) { return Surveyor(page).Run(); }

}  // namespace unspin
