// After "Extracting Article Text from the Web with Maximum Subsequence Segmentation" (Pasternack and Roth, WWW 2009):
// every block gets a signed weight and the best stretch wins. Ours must be a subtree, which prefix sums find in one pass.
// The hints in class names follow Readability (Arc90 2010, Mozilla).
#include "unspin/ingest/main_text.h"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "unspin/base/hash.h"
#include "unspin/base/strings.h"

namespace unspin {
namespace {

// A run of text that a browser shows as one paragraph.
struct TextBlock {
  uint32_t runs_begin = 0;  // into Survey::runs
  uint32_t runs_end = 0;
  uint32_t size = 0;        // bytes of text, white space collapsed
  uint32_t linked = 0;      // of these, inside links
  uint32_t commas = 0;
  uint32_t container = kTagBody;  // the nearest block element's tag
  bool boilerplate = false; // inside navigation, a sidebar, comments...
  bool caption = false;
  bool in_article = false;
  bool in_article_footer = false;
  bool ends_sentence = false;
  std::string text;         // white space as in the page
};

struct Survey {
  std::vector<uint32_t> runs;  // nodes: text and <br>, in order
  std::vector<TextBlock> blocks;
};

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

// No-break and zero-width spaces, which fill otherwise empty paragraphs.
size_t InvisibleAt(std::string_view text) {
  if (text.substr(0, 2) == "\xc2\xa0") return 2;
  if (text.substr(0, 3) == "\xe2\x80\x8b" || text.substr(0, 3) == "\xef\xbb\xbf") return 3;
  return 0;
}

bool IsVisible(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    const size_t size = IsSpace(text[at]) ? 1 : InvisibleAt(text.substr(at));
    if (size == 0) return true;
    at += size;
  }
  return false;
}

bool IsInvisibleElement(uint32_t tag) {
  switch (tag) {
    case kTagAudio: case kTagButton: case kTagCanvas: case kTagDatalist: case kTagDialog: case kTagHead: case kTagIframe:
    case kTagMath: case kTagNoembed: case kTagNoframes: case kTagNoscript: case kTagObject: case kTagScript: case kTagSelect:
    case kTagStyle: case kTagSvg: case kTagTemplate: case kTagTextarea: case kTagTitle: case kTagVideo:
      return true;
    default:
      return false;
  }
}

bool IsHidden(const HtmlPage& page, const HtmlNode& node) {
  if (node.attributes_begin == node.attributes_end) return false;
  if (HasAttribute(page, node, "hidden")) return true;
  if (AttributeOf(page, node, "aria-hidden") == "true") return true;
  std::string style = AttributeOf(page, node, "style");
  style.erase(std::remove_if(style.begin(), style.end(), IsSpace), style.end());
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

bool NamesBoilerplate(std::string_view names) {
  static const auto* const kWords = new StringSet{
      "ad", "ads", "advert", "adverts", "advertisement", "advertising", "banner", "breadcrumb", "breadcrumbs", "comment",
      "comments", "commentlist", "cookie", "cookies", "consent", "disqus", "footer", "gdpr", "login", "masthead", "menu", "modal",
      "mostread", "nav", "navbar", "navigation", "newsletter", "newsletters", "outbrain", "pager", "pagination", "popular",
      "popup", "promo", "promos", "promoted", "promotion", "recirc", "recommend", "recommended", "recommendation",
      "recommendations", "related", "rss", "share", "sharing", "shares", "sharedaddy", "shoutbox", "sidebar", "signup",
      "skyscraper", "social", "sponsor", "sponsored", "subscribe", "taboola", "tags", "taglist", "toolbar", "tooltip",
      "trending"};
  bool found = false;
  ForEachNameWord(names, [&](const std::string& word) { found = found || kWords->contains(word); });
  return found;
}

bool NamesArticle(std::string_view names) {
  static const auto* const kWords = new StringSet{"article", "articlebody", "body", "content", "entry", "hentry", "post", "story"};
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
  while (!text.empty() && (IsSpace(text.back()) || text.back() == '"' || text.back() == '\'' || text.back() == ')')) {
    text.remove_suffix(1);
  }
  for (const std::string_view closing : {"\xe2\x80\x9d", "\xe2\x80\x99", "\xc2\xbb"}) {  // ” ’ »
    if (text.size() >= closing.size() && text.substr(text.size() - closing.size()) == closing) text.remove_suffix(closing.size());
  }
  if (text.empty()) return false;
  if (text.back() == '.' || text.back() == '!' || text.back() == '?' || text.back() == ':') return true;
  const std::string_view last = text.size() >= 3 ? text.substr(text.size() - 3) : std::string_view();
  return last == "\xe3\x80\x82" || last == "\xef\xbc\x81" || last == "\xef\xbc\x9f" || last == "\xe2\x80\xa6";  // 。！？…
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
      if (IsInvisibleElement(page.nodes[at].tag)) scripts_ += TextWithin(at), at = page.nodes[at].subtree_end - 1;
    }
  }

  Survey Run() {
    for (uint32_t at = 0; at < page_.nodes.size();) {
      while (!block_ends_.empty() && block_ends_.back().first <= at) {
        Flush();
        block_ends_.pop_back();
      }
      const HtmlNode& node = page_.nodes[at];
      if (node.tag == kTagText) {
        AddText(at++);
      } else if (IsInvisibleElement(node.tag) || IsHidden(page_, node)) {
        if (IsBlock(node.tag)) Flush();
        at = node.subtree_end;
      } else {
        Enter(at++);
      }
    }
    Flush();
    return std::move(survey_);
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
      survey_.runs.push_back(at);
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
      case kTagNav: case kTagAside: case kTagFooter: case kTagForm: case kTagMenu: case kTagSearch:
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
      const std::string names = AttributeOf(page_, node, "class") + " " + AttributeOf(page_, node, "id");
      boilerplate = boilerplate || NamesBoilerplate(names);
      caption = caption || NamesCaption(names);
      article = article || AttributeOf(page_, node, "itemprop") == "articleBody" || NamesArticle(names);
      const std::string role = AttributeOf(page_, node, "role");
      boilerplate = boilerplate || role == "navigation" || role == "complementary" || role == "contentinfo" || role == "banner";
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
        const bool space = IsSpace(c);
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
    if (survey_.runs.size() == block_.runs_begin) {  // the first run says where the block is
      block_.in_article_footer = at < article_footer_end_;
      block_.boilerplate = at < boilerplate_end_;
      block_.caption = at < caption_end_;
      block_.in_article = at < article_end_;
    }
    survey_.runs.push_back(at);
  }

  void Flush() {
    if (IsVisible(block_.text)) {
      block_.runs_end = static_cast<uint32_t>(survey_.runs.size());
      block_.container = block_ends_.empty() ? uint32_t{kTagBody} : block_ends_.back().second;
      block_.ends_sentence = EndsSentence(block_.text);
      survey_.blocks.push_back(std::move(block_));
    } else {
      survey_.runs.resize(block_.runs_begin);
    }
    block_ = TextBlock();
    block_.runs_begin = static_cast<uint32_t>(survey_.runs.size());
    after_space_ = false;
    breaks_in_a_row_ = 0;
  }

  const HtmlPage& page_;
  std::vector<uint64_t> text_before_;  // bytes of text in the nodes before each
  uint64_t scripts_ = 0;
  Survey survey_;
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

bool IsHeading(uint32_t tag) { return tag >= kTagH1 && tag <= kTagH6; }

// How much a block speaks for (or, negative, against) being in the article; in bytes of text.
int64_t Weigh(const TextBlock& block) {
  constexpr int64_t kLongestPenalty = 120;  // one long comment must not outweigh the paragraphs before it
  constexpr uint32_t kParagraph = 80;       // bytes from which text without a full stop passes for prose
  constexpr uint32_t kSentence = 25;        // bytes from which text with one does (Readability's limit)
  const int64_t text = block.size - block.linked;
  if (block.boilerplate) return -std::min<int64_t>(block.size, kLongestPenalty);
  if (block.caption) return 0;
  if (IsHeading(block.container)) return block.in_article ? 1 : 0;
  const bool prose = block.linked * 2 < block.size && (text >= kParagraph || (text >= kSentence && block.ends_sentence));
  if (prose) {
    const int64_t weight = text + 10 * std::min<int64_t>(block.commas, text / 20);
    return block.in_article ? weight * 3 / 2 : weight;
  }
  if (block.container == kTagP && block.linked * 3 < block.size) return text / 2;
  return -10 - std::min<int64_t>(block.linked, kLongestPenalty);
}

// Hashes of all runs of four words, so that wording can be compared in linear time.
std::vector<uint64_t> WordRuns(std::string_view text) {
  constexpr size_t kRun = 4;
  std::vector<uint64_t> words;
  std::string word;
  for (size_t at = 0; at <= text.size(); ++at) {
    const char c = at < text.size() ? text[at] : ' ';
    if (std::isalnum(static_cast<unsigned char>(c)) || static_cast<unsigned char>(c) >= 0x80) {
      word += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    } else if (!word.empty()) {
      words.push_back(Hash64(word));
      word.clear();
    }
  }
  std::vector<uint64_t> runs;
  for (size_t at = 0; at + kRun <= words.size(); ++at) {
    uint64_t hash = 0;
    for (size_t next = at; next < at + kRun; ++next) hash = Mix64(hash ^ words[next]);
    runs.push_back(hash);
  }
  return runs;
}

// Lets the declared article body decide, provided that most of it stands on the page.
void WeighByArticleBody(std::vector<TextBlock>& blocks, std::string_view article_body, std::vector<int64_t>& weights) {
  const std::vector<uint64_t> body_runs = WordRuns(article_body);
  const absl::flat_hash_set<uint64_t> body(body_runs.begin(), body_runs.end());
  std::vector<int64_t> by_body(blocks.size(), 0);
  size_t found = 0;
  for (size_t at = 0; at < blocks.size(); ++at) {
    const std::vector<uint64_t> runs = WordRuns(blocks[at].text);
    if (runs.empty()) continue;
    const auto shared = static_cast<size_t>(std::count_if(runs.begin(), runs.end(), [&](uint64_t run) { return body.contains(run); }));
    const bool is_body = shared * 2 > runs.size();
    by_body[at] = is_body ? blocks[at].size : -int64_t{blocks[at].size};
    if (is_body) found += shared;
  }
  if (body.empty() || found * 2 < body.size()) return;
  for (size_t at = 0; at < blocks.size(); ++at) {
    if (by_body[at] > 0) blocks[at].boilerplate = blocks[at].caption = false;
  }
  weights = std::move(by_body);
}

// The subtree whose blocks weigh most; of equal ones the innermost. Nothing where no weight is positive.
struct Choice {
  uint32_t begin = 0;  // nodes
  uint32_t end = 0;
  int64_t weight = 0;
};

Choice HeaviestSubtree(const HtmlPage& page, const Survey& survey, const std::vector<int64_t>& weights) {
  std::vector<int64_t> before(page.nodes.size() + 1, 0);
  for (size_t at = 0; at < survey.blocks.size(); ++at) before[survey.runs[survey.blocks[at].runs_begin] + 1] += weights[at];
  for (size_t at = 1; at < before.size(); ++at) before[at] += before[at - 1];
  const auto weight_of = [&](uint32_t node) { return before[page.nodes[node].subtree_end] - before[node]; };
  // A fragment has no single root.
  Choice best{0, static_cast<uint32_t>(page.nodes.size()), std::max<int64_t>(before.back(), 0)};
  Choice best_article;
  for (uint32_t at = 0; at < page.nodes.size(); ++at) {
    const HtmlNode& node = page.nodes[at];
    if (!IsBlock(node.tag)) continue;
    const int64_t weight = weight_of(at);
    const bool inside = at < best.end;
    if (weight > best.weight || (weight == best.weight && inside && weight > 0)) best = {at, node.subtree_end, weight};
    if (node.tag == kTagArticle && weight > best_article.weight) best_article = {at, node.subtree_end, weight};
  }
  // Teasers of other articles often follow in <article>s of their own.
  const bool holds_article = best_article.begin >= best.begin && best_article.end <= best.end;
  if (holds_article && best_article.weight * 10 > best.weight * 6) return best_article;
  return best;
}

// "© 2024 The Paper", "Copyright The Paper", "All rights reserved".
bool IsCopyrightNotice(std::string_view text) {
  std::string lower(text.substr(0, 400));
  for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  for (const char* sign : {"\xc2\xa9", "copyright", "all rights reserved", "(c) "}) {
    if (lower.find(sign) != std::string::npos) return true;
  }
  return false;
}

void WriteBlock(const HtmlPage& page, const Survey& survey, const TextBlock& block, MappedText& out) {
  bool at_start = true;
  bool space_waits = false;
  bool line_waits = false;
  uint32_t space_position = 0;
  const auto end_space = [&] {
    if (!at_start && (space_waits || line_waits)) {
      if (line_waits) {
        out.AppendBetween("\n");
      } else {
        out.Append(" ", space_position);
      }
    }
    at_start = space_waits = line_waits = false;
  };
  for (uint32_t run = block.runs_begin; run < block.runs_end; ++run) {
    const HtmlNode& node = page.nodes[survey.runs[run]];
    if (node.tag == kTagBr) {
      line_waits = true;
      continue;
    }
    HtmlTextCursor cursor(page.record, node.begin, node.end);
    for (HtmlTextCursor::Piece piece; cursor.Next(piece);) {
      if (piece.is_reference) {
        const bool is_space = IsVisible(piece.bytes) ? false : IsSpace(piece.bytes[0]);
        if (is_space) {
          if (!space_waits) space_position = piece.begin;
          space_waits = true;
        } else {
          end_space();
          out.AppendMeaning(piece.bytes, piece.begin, piece.end);
        }
        continue;
      }
      for (size_t at = 0; at < piece.bytes.size();) {
        if (IsSpace(piece.bytes[at])) {
          if (!space_waits) space_position = piece.begin + static_cast<uint32_t>(at);
          space_waits = true;
          ++at;
          continue;
        }
        size_t end = at;
        while (end < piece.bytes.size() && !IsSpace(piece.bytes[end])) ++end;
        end_space();
        out.Append(piece.bytes.substr(at, end - at), piece.begin + static_cast<uint32_t>(at));
        at = end;
      }
    }
  }
}

}  // namespace

bool ExtractMainText(const HtmlPage& page, std::string_view article_body, MappedText& out) {
  Survey survey = Surveyor(page).Run();
  if (survey.blocks.empty()) return false;
  std::vector<int64_t> weights;
  for (const TextBlock& block : survey.blocks) weights.push_back(Weigh(block));
  if (!article_body.empty()) WeighByArticleBody(survey.blocks, article_body, weights);
  const Choice article = HeaviestSubtree(page, survey, weights);
  const auto is_main = [&](const TextBlock& block) {
    const uint32_t node = survey.runs[block.runs_begin];
    if (article.weight <= 0 || node < article.begin || node >= article.end) return false;
    if (block.in_article_footer && IsCopyrightNotice(block.text)) return true;
    if (block.boilerplate || block.caption) return false;
    return block.linked * 5 < block.size * 4 || block.ends_sentence;  // lists of links go
  };
  const bool nothing_found = std::none_of(survey.blocks.begin(), survey.blocks.end(), is_main);
  for (const TextBlock& block : survey.blocks) {
    if (!nothing_found && !is_main(block)) continue;
    if (!out.text().empty()) out.AppendBetween("\n\n");
    WriteBlock(page, survey, block, out);
  }
  return true;
}

}  // namespace unspin
