#include "unspin/page/main_text.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "unspin/article/ascii.h"
#include "unspin/page/block_model.h"
#include "unspin/page/block_writer.h"
#include "unspin/page/inner_text.h"
#include "unspin/page/next_article.h"
#include "unspin/page/page_notices.h"
#include "unspin/page/text_blocks.h"
#include "unspin/page/word_runs.h"

namespace unspin {
namespace {

uint32_t CountWords(std::string_view text) {
  uint32_t words = 0;
  bool in_word = false;
  for (const char c : text) {
    words += !IsHtmlSpace(c) && !in_word;
    in_word = !IsHtmlSpace(c);
  }
  return words;
}

// Kinds of text that is left aside.
enum class Rest { kComments, kLinks, kOtherArticles, kNotices, kCaptions, kText, kCount };
constexpr std::string_view kRestNames[] = {"comments", "links",    "teasers of other articles",
                                           "notices",  "captions", "other text"};

// All values of MainText::chosen: those of this file and of inner_text.cc.
constexpr std::string_view kAllPlaces[] = {"main-text",   "hidden-text", "noscript", "template",
                                           "linked-data", "script-data", "frame",    "all-text"};

Rest RestOf(const HtmlPage& page, const TextBlocks& found, const TextBlock& block) {
  const auto inside = [&](BlockSign sign) { return found.InnermostWith(sign, block, page) != nullptr; };
  if (block.linked_bytes * 2 > block.bytes) return Rest::kLinks;
  if (inside(BlockSign::kComment)) return Rest::kComments;
  if (inside(BlockSign::kRelated)) return Rest::kOtherArticles;
  if (inside(BlockSign::kConsent) || inside(BlockSign::kSubscribe) || inside(BlockSign::kFormElement))
    return Rest::kNotices;
  if (inside(BlockSign::kCaption)) return Rest::kCaptions;
  return Rest::kText;
}

// Whether a block is around an article, by the elements that it is in.
bool IsFurniture(const HtmlPage& page, const TextBlocks& found, const TextBlock& block) {
  for (const BlockSign sign : {BlockSign::kNavElement, BlockSign::kAsideElement, BlockSign::kFooterElement,
                               BlockSign::kMenu, BlockSign::kAdvertisement, BlockSign::kSidebar, BlockSign::kShare,
                               BlockSign::kConsent, BlockSign::kCaption, BlockSign::kFooter}) {
    if (found.InnermostWith(sign, block, page) != nullptr) return true;
  }
  return false;
}

// Whether both the text of a block and an element around it say that it is an advertisement.
bool IsAdvertisement(const HtmlPage& page, const TextBlocks& found, const TextBlock& block) {
  if (found.InnermostWith(BlockSign::kAdvertisement, block, page) == nullptr) return false;
  constexpr size_t kStartBytes = 16;  // more than each of the words below has
  const size_t begin = std::min(block.text.find_first_not_of(" \t\n\r\f"), block.text.size());
  const std::string start = AsciiLower(std::string_view(block.text).substr(begin, kStartBytes));
  for (const std::string_view word :
       {"advert", "sponsored", "promoted", "anzeige", "werbung", "publicit", "publicid", "pubblicit"}) {
    if (start.starts_with(word)) return true;
  }
  return false;
}

// The text of a page's own elements, chosen or not.
class PageBlocks {
 public:
  PageBlocks(const HtmlPage& page, const DeclaredArticle& declared) : page_(page), found_(FindTextBlocks(page)) {
    if (found_.blocks.empty()) return;
    if (IsSnippet()) {
      ChooseSnippet(declared.body);
    } else {
      Choose(ChooseByModel(declared));
    }
    if (chosen_.empty()) ChooseAllShown();
  }

  bool empty() const { return chosen_.empty(); }
  uint64_t bytes() const { return bytes_; }  // chosen

  // The share of the chosen text's runs of words that another text has too.
  double ShareIn(std::string_view other) const {
    constexpr size_t kRunWords = 4;
    const WordRuns runs(other, kRunWords);
    size_t shared = 0, all = 0;
    for (const TextBlock* block : chosen_) {
      shared += runs.CountOf(block->text);
      all += WordRuns(block->text, kRunWords).size();
    }
    return all == 0 ? 0 : std::min(1.0, static_cast<double>(shared) / static_cast<double>(all));
  }

  MainText Write(MappedText& out) const {
    WriteBlocks(page_, found_, chosen_, out);
    MainText text;
    text.chosen = nothing_fits_ ? "all-text" : PlaceOfMost();
    for (const TextBlock* block : chosen_) text.words += CountWords(block->text);
    Describe(text);
    return text;
  }

  // Fills the words of the page, and what most of those that were not chosen are.
  void Describe(MainText& text) const {
    std::array<uint32_t, static_cast<size_t>(Rest::kCount)> rest = {};
    for (size_t i = 0; i < found_.blocks.size(); ++i) {
      const TextBlock& block = found_.blocks[i];
      const bool is_chosen = is_chosen_[i];
      // Menus and labels are no text that a reader could miss.
      if (!is_chosen && (block.visibility != Visibility::kShown || !IsProse(block))) continue;
      const uint32_t words = CountWords(block.text);
      text.page_words += words;
      if (!is_chosen) rest[static_cast<size_t>(RestOf(page_, found_, block))] += words;
    }
    const auto most = std::max_element(rest.begin(), rest.end());
    if (*most > 0) text.rest = kRestNames[most - rest.begin()];
    text.notices = FindPageNotices(found_.blocks, is_chosen_);
  }

 private:
  // Whether this is too little for the model, which knows whole pages: text with a few tags, or a stub.
  bool IsSnippet() const {
    constexpr uint64_t kMaxBytes = 1000;
    uint64_t bytes = 0;
    for (const TextBlock& block : found_.blocks) bytes += block.bytes;
    return bytes <= kMaxBytes;
  }

  // The blocks that the model chooses and that belong to the page's headline.
  std::vector<bool> ChooseByModel(const DeclaredArticle& declared) const {
    std::vector<double> probabilities = ProbabilitiesOf(found_, declared);
    std::vector<bool> chosen = ChooseBlocks(found_.blocks, probabilities);
    const std::vector<bool> before = chosen;
    DropNextArticles(page_, found_, declared.title, chosen);
    if (chosen == before) {
      TakeEdges(found_.blocks, probabilities, chosen);
      return chosen;
    }
    // Shares of the page's text mean more when the text of others does not count.
    TextBlocks rest = found_;
    rest.blocks.clear();
    for (size_t i = 0; i < chosen.size(); ++i) {
      if (chosen[i] == before[i]) rest.blocks.push_back(found_.blocks[i]);
    }
    probabilities = ProbabilitiesOf(rest, declared);
    std::vector<bool> chosen_of_rest = ChooseBlocks(rest.blocks, probabilities);
    DropNextArticles(page_, rest, declared.title, chosen_of_rest);
    TakeEdges(rest.blocks, probabilities, chosen_of_rest);
    size_t next = 0;
    for (size_t i = 0; i < chosen.size(); ++i) chosen[i] = chosen[i] == before[i] && chosen_of_rest[next++];
    return chosen;
  }

  std::vector<double> ProbabilitiesOf(const TextBlocks& blocks, const DeclaredArticle& declared) const {
    return BlockModel::Default().Probabilities(page_, blocks, declared);
  }

  // All that a browser shows but furniture; of these the declared article alone, where there is one.
  void ChooseSnippet(std::string_view body) {
    constexpr size_t kRunWords = 4;
    constexpr double kOfBody = 0.5;  // of a block's runs
    const WordRuns runs(body, kRunWords);
    std::vector<bool> is_text, is_body;
    size_t body_runs = 0, shown_bytes = 0;
    for (const TextBlock& block : found_.blocks) {
      shown_bytes += block.bytes;
      const Rest rest = RestOf(page_, found_, block);
      is_text.push_back(block.visibility == Visibility::kShown && rest != Rest::kLinks && rest != Rest::kComments &&
                        rest != Rest::kOtherArticles && (block.quotation > 0 || !IsFurniture(page_, found_, block)));
      is_body.push_back(is_text.back() && runs.ShareOf(block.text) > kOfBody);
      body_runs += is_body.back() ? runs.CountOf(block.text) : 0;
    }
    // Some pages declare a summary.
    const bool is_whole = body.size() * 3 > shown_bytes && body_runs * 2 > runs.size();
    Choose(is_whole ? is_body : is_text);
  }

  void Choose(const std::vector<bool>& is_chosen) {
    constexpr uint32_t kMinRepeated = 60;  // bytes: shorter ones may well stand in an article twice
    absl::flat_hash_set<std::string_view> known;
    is_chosen_ = is_chosen;
    for (size_t i = 0; i < found_.blocks.size(); ++i) {
      const TextBlock& block = found_.blocks[i];
      if (!is_chosen[i] || IsAdvertisement(page_, found_, block)) continue;
      if (!known.insert(block.text).second && block.bytes >= kMinRepeated) continue;
      chosen_.push_back(&block);
      bytes_ += block.bytes;
    }
  }

  void ChooseAllShown() {
    nothing_fits_ = true;
    std::vector<bool> shown;
    for (const TextBlock& block : found_.blocks) shown.push_back(block.visibility == Visibility::kShown);
    Choose(shown);
  }

  std::string_view PlaceOfMost() const {
    constexpr std::string_view kPlaces[] = {"main-text", "hidden-text", "noscript", "template"};
    std::array<uint64_t, std::size(kPlaces)> bytes = {};
    for (const TextBlock* block : chosen_) bytes[static_cast<size_t>(block->visibility)] += block->bytes;
    return kPlaces[std::max_element(bytes.begin(), bytes.end()) - bytes.begin()];
  }

  const HtmlPage& page_;
  const TextBlocks found_;
  std::vector<bool> is_chosen_;  // by block; copies too
  std::vector<const TextBlock*> chosen_;
  uint64_t bytes_ = 0;
  bool nothing_fits_ = false;
};

// Below this many bytes of text in its blocks, the article of a page may be elsewhere.
constexpr uint64_t kStubBytes = 1500;

// The plain text of an inner text.
std::string PlainText(const InnerText& inner) {
  if (!inner.is_page) return inner.text;
  const HtmlPage page = ParseHtml(inner.text);
  const PageBlocks blocks(page, {});
  MappedText text(page.record);
  if (!blocks.empty()) blocks.Write(text);
  return text.text();
}

// Replaces the text of the blocks where a text elsewhere in the page is clearly the article. False where none is.
bool WriteInnerText(const HtmlPage& page, const DeclaredArticle& declared, const PageBlocks& blocks, MappedText& out,
                    MainText& text) {
  constexpr uint64_t kMinBytes = 300;  // of an article elsewhere
  constexpr uint64_t kTimes = 3;       // longer than the text of the blocks
  constexpr uint64_t kNothing = 250;   // bytes: what shows more is an article, or begins one that goes on elsewhere
  constexpr double kBegins = 0.5;      // share of the blocks' text that is in the text elsewhere
  if (blocks.bytes() >= kStubBytes) return false;
  std::string best;
  const InnerText* best_inner = nullptr;
  const std::vector<InnerText> inner_texts = FindInnerTexts(page, declared.body);
  for (const InnerText& inner : inner_texts) {
    std::string plain = PlainText(inner);
    if (plain.size() < kMinBytes || plain.size() <= best.size() || plain.size() < kTimes * blocks.bytes()) continue;
    if (blocks.bytes() > kNothing && blocks.ShareIn(plain) < kBegins) continue;
    best = std::move(plain);
    best_inner = &inner;
  }
  if (best_inner == nullptr) return false;
  out.AppendDecoded(best, best_inner->begin, best_inner->end);
  text.chosen = best_inner->chosen;
  text.words = CountWords(best);
  blocks.Describe(text);
  text.page_words += text.words;
  return true;
}

}  // namespace

std::string_view StaticPlaceOrRest(std::string_view name) {
  for (const std::string_view place : kAllPlaces) {
    if (place == name) return place;
  }
  for (const std::string_view rest : kRestNames) {
    if (rest == name) return rest;
  }
  return {};
}

MainText ExtractMainText(const HtmlPage& page, const DeclaredArticle& declared, MappedText& out) {
  const PageBlocks blocks(page, declared);
  MainText text;
  if (WriteInnerText(page, declared, blocks, out, text)) return text;
  return blocks.empty() ? text : blocks.Write(out);
}

}  // namespace unspin
