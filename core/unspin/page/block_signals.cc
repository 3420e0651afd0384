#include "unspin/page/block_signals.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <cstdint>
#include <iterator>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "unspin/article/ascii.h"
#include "unspin/base/hash.h"
#include "unspin/page/html_tokenizer.h"
#include "unspin/page/text_counts.h"
#include "unspin/page/word_runs.h"

namespace unspin {
namespace {

constexpr std::string_view kOwnNames[] = {"bytes",
                                          "link-share",
                                          "words",
                                          "word-bytes",
                                          "commas",
                                          "ends-sentence",
                                          "stops",
                                          "upper-share",
                                          "digit-share",
                                          "starts-upper",
                                          "separators",
                                          "copies",
                                          "copied-before",
                                          "title-share",
                                          "declared",
                                          "action",
                                          "advertisement-words",
                                          "legal",
                                          "media",
                                          "meta",
                                          "more",
                                          "paragraph",
                                          "heading",
                                          "item",
                                          "cell",
                                          "quotation",
                                          "division",
                                          "preformatted",
                                          "depth",
                                          "hidden",
                                          "place",
                                          "prose-before",
                                          "since-title",
                                          "short-words",
                                          "title-level",
                                          "title-prose",
                                          "heading-links",
                                          "heading-distance",
                                          "next-heading-links",
                                          "heading-more",
                                          "heading-meta",
                                          "ellipsis"};
constexpr uint32_t kPlenty[] = {2, 4, 10};  // prose blocks
constexpr std::string_view kPlentyNames[] = {"up", "prose-share", "link-share", "blocks", "article", "title", "alike"};
constexpr std::string_view kNearNames[] = {"bytes-1",      "link-share-1", "prose-1",      "heading-1",   "beside-1",
                                           "bytes+1",      "link-share+1", "prose+1",      "heading+1",   "beside+1",
                                           "digits-1",     "furniture-1",  "digits+1",     "furniture+1", "prose-2",
                                           "link-share-2", "prose+2",      "link-share+2", "near-prose",  "far-prose"};
constexpr std::string_view kPageNames[] = {"page-prose", "page-link-share", "page-blocks"};
constexpr std::string_view kAroundNames[] = {"prose", "prose-share", "link-share", "blocks", "alike"};

const std::vector<std::string_view>& AllNames() {
  static const auto* const names = [] {
    static std::vector<std::string> storage;
    storage.reserve(256);
    for (const auto name : kOwnNames) storage.emplace_back(name);
    for (const auto name : kNearNames) storage.emplace_back(name);
    for (const auto name : kPageNames) storage.emplace_back(name);
    for (size_t level = 1; level < kBlockAncestors; ++level) {
      for (const auto name : kAroundNames)
        storage.push_back("around-" + std::to_string(level) + "-" + std::string(name));
    }
    for (const uint32_t plenty : kPlenty) {
      for (const auto name : kPlentyNames)
        storage.push_back("plenty-" + std::to_string(plenty) + "-" + std::string(name));
    }
    for (size_t sign = 0; sign < kBlockSigns; ++sign)
      storage.push_back("in-" + std::string(Name(static_cast<BlockSign>(sign))));
    return new std::vector<std::string_view>(storage.begin(), storage.end());
  }();
  return *names;
}

double Log(uint64_t number) { return std::log2(1.0 + static_cast<double>(number)); }

double Share(uint64_t part, uint64_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

double LinkShare(const TextBlock& block) { return Share(block.linked_bytes, block.bytes); }

bool EndsWithEllipsis(std::string_view text) {
  while (!text.empty() && (IsHtmlSpace(text.back()) || text.back() == ']')) text.remove_suffix(1);
  return text.ends_with("...") || text.ends_with("\u2026");
}

// Sums over the nodes before each node: a subtree's sum is a difference.
struct NodeSums {
  std::vector<uint64_t> prose, bytes, linked;
  std::vector<uint32_t> blocks, prose_blocks;
};

class SignalMaker {
 public:
  SignalMaker(const HtmlPage& page, const TextBlocks& found, const DeclaredArticle& declared)
      : page_(page),
        found_(found),
        blocks_(found.blocks),
        title_runs_(declared.title, kTitleRun),
        body_runs_(declared.body, kBodyRun) {
    const size_t nodes = page.nodes.size() + 1;
    sums_.prose.assign(nodes, 0);
    sums_.bytes.assign(nodes, 0);
    sums_.linked.assign(nodes, 0);
    sums_.blocks.assign(nodes, 0);
    sums_.prose_blocks.assign(nodes, 0);
    for (const TextBlock& block : blocks_) {
      const size_t node = found.NodeOf(block) + 1;
      sums_.prose[node] += IsProse(block) ? block.bytes : 0;
      sums_.bytes[node] += block.bytes;
      sums_.linked[node] += block.linked_bytes;
      sums_.blocks[node] += 1;
      sums_.prose_blocks[node] += IsProse(block);
    }
    for (size_t i = 1; i < nodes; ++i) {
      sums_.prose[i] += sums_.prose[i - 1];
      sums_.bytes[i] += sums_.bytes[i - 1];
      sums_.linked[i] += sums_.linked[i - 1];
      sums_.blocks[i] += sums_.blocks[i - 1];
      sums_.prose_blocks[i] += sums_.prose_blocks[i - 1];
    }
    for (const TextBlock& block : blocks_) ++copies_[block.text];
    for (const TextBlock& block : blocks_) counts_.push_back(CountText(block.text));
    FindTitle();
    FindHeadings();
    CountAlike();
    FindPlenty();
    prose_before_.push_back(0);
    for (const TextBlock& block : blocks_)
      prose_before_.push_back(prose_before_.back() + (IsProse(block) ? block.bytes : 0));
  }

  void Make(size_t max_rows, const std::function<void(const SignalTable&)>& take) {
    assert(max_rows > 0);
    SignalTable table;
    table.columns = AllNames().size();
    values_ = &table.values;
    for (size_t i = 0; i < blocks_.size(); ++i) {
      AddOwn(i);
      AddNear(i);
      AddPage();
      AddAround(blocks_[i]);
      AddPlenty(blocks_[i]);
      AddSigns(blocks_[i]);
      assert(values_->size() % table.columns == 0);
      const bool is_last = i + 1 == blocks_.size();
      if (!is_last && values_->size() < max_rows * table.columns) continue;
      take(table);
      values_->clear();
    }
  }

 private:
  static constexpr size_t kTitleRun = 2, kBodyRun = 4;  // words in a row
  static constexpr double kTitleShare = 0.8;            // of a headline's runs that are the title's

  void Add(double value) { values_->push_back(value); }

  // The block that is the article's headline: a heading with the title's words, else the first <h1>, else any block
  // with the title's words.
  void FindTitle() {
    int best = 0;
    for (size_t i = 0; i < blocks_.size(); ++i) {
      const bool is_title = title_runs_.ShareOf(blocks_[i].text) > kTitleShare;
      const HtmlTag tag = blocks_[i].container;
      const int rank = is_title && IsHeading(tag) ? 3 : tag == HtmlTag::kH1 ? 2 : is_title ? 1 : 0;
      if (rank <= best) continue;
      best = rank;
      title_block_ = static_cast<int64_t>(i);
    }
    if (title_block_ >= 0) title_node_ = found_.NodeOf(blocks_[static_cast<size_t>(title_block_)]);
  }

  void FindHeadings() {
    heading_before_.assign(blocks_.size(), -1);
    heading_after_.assign(blocks_.size(), -1);
    int64_t last = -1;
    for (size_t i = 0; i < blocks_.size(); ++i) {
      heading_before_[i] = last;
      if (IsHeading(blocks_[i].container)) last = static_cast<int64_t>(i);
    }
    last = -1;
    for (size_t i = blocks_.size(); i-- > 0;) {
      heading_after_[i] = last;
      if (IsHeading(blocks_[i].container)) last = static_cast<int64_t>(i);
    }
  }

  // Elements of one tag and one class are alike: cards of a list, comments of readers.
  uint64_t KindOf(uint32_t node) const {
    uint64_t kind = Mix64(Index(page_.nodes[node].tag) + 1);
    const HtmlNode& element = page_.nodes[node];
    for (uint32_t i = element.attributes_begin; i < element.attributes_end; ++i) {
      if (EqualIgnoringCase(page_.attributes[i].name, "class")) kind = Mix64(kind ^ Hash64(page_.attributes[i].value));
    }
    return kind;
  }

  bool HasProse(uint32_t node) const { return sums_.prose[page_.nodes[node].subtree_end] > sums_.prose[node]; }

  void CountAlike() {
    kinds_.assign(page_.nodes.size(), 0);
    for (uint32_t node = 0; node < page_.nodes.size(); ++node) {
      if (!IsBlock(page_.nodes[node].tag) || !HasProse(node)) continue;
      kinds_[node] = KindOf(node);
      ++alike_[kinds_[node]];
    }
  }

  double Alike(uint32_t node) const {
    const auto count = alike_.find(kinds_[node]);
    return count == alike_.end() ? 0 : Log(count->second);
  }

  // By element: the nearest one around it, itself included, that holds so many blocks of prose.
  void FindPlenty() {
    for (size_t k = 0; k < std::size(kPlenty); ++k) {
      plenty_[k].assign(page_.nodes.size(), 0);
      for (uint32_t node = 0; node < page_.nodes.size(); ++node) {
        if (!IsBlock(page_.nodes[node].tag)) continue;
        const uint32_t prose = sums_.prose_blocks[page_.nodes[node].subtree_end] - sums_.prose_blocks[node];
        const uint32_t parent = found_.parents[node];
        plenty_[k][node] = prose >= kPlenty[k] || parent == node ? node : plenty_[k][parent];
      }
    }
  }

  void AddPlenty(const TextBlock& block) {
    for (size_t k = 0; k < std::size(kPlenty); ++k) {
      const uint32_t node = plenty_[k][block.ancestors[0]];
      uint32_t up = 0;
      while (up < kBlockAncestors && block.ancestors[up] != node) ++up;
      Add(up);
      Add(Share(Within(sums_.prose, node), sums_.prose.back()));
      Add(Share(Within(sums_.linked, node), Within(sums_.bytes, node)));
      Add(Log(sums_.blocks[page_.nodes[node].subtree_end] - sums_.blocks[node]));
      const HtmlTag tag = page_.nodes[node].tag;
      Add(tag == HtmlTag::kArticle ? 2 : tag == HtmlTag::kMain || tag == HtmlTag::kSection);
      Add(HoldsTitle(node));
      Add(Alike(node));
    }
  }

  bool HoldsTitle(uint32_t node) const {
    return title_block_ >= 0 && node <= title_node_ && title_node_ < page_.nodes[node].subtree_end;
  }

  void AddOwn(size_t i) {
    const TextBlock& block = blocks_[i];
    const TextCounts& counts = counts_[i];
    const double words = std::max<uint32_t>(counts.words, 1);
    Add(Log(block.bytes));
    Add(LinkShare(block));
    Add(Log(counts.words));
    Add(block.bytes / words);
    Add(block.commas / words);
    Add(block.ends_sentence);
    Add(counts.stops / words);
    Add(Share(counts.upper, counts.letters));
    Add(Share(counts.digits, counts.digits + counts.letters));
    Add(counts.starts_upper);
    Add(counts.separators);
    Add(copies_[block.text]);
    Add(!seen_.try_emplace(block.text, 0).second);
    const double in_title = title_runs_.ShareOf(block.text);
    Add(in_title);
    Add(body_runs_.ShareOf(block.text));
    for (const uint32_t count : counts.furniture) Add(count / words);
    const HtmlTag tag = block.container;
    Add(tag == HtmlTag::kP);
    Add(IsHeading(tag) ? 1 + (static_cast<double>(Index(tag)) - static_cast<double>(Index(HtmlTag::kH1))) : 0);
    Add(tag == HtmlTag::kLi || tag == HtmlTag::kDd || tag == HtmlTag::kDt);
    Add(tag == HtmlTag::kTd || tag == HtmlTag::kTh);
    Add(block.quotation > 0);
    Add(tag == HtmlTag::kDiv || tag == HtmlTag::kSection || tag == HtmlTag::kArticle);
    Add(tag == HtmlTag::kPre);
    Add(block.depth);
    Add(static_cast<double>(block.visibility));
    Add(Share(sums_.bytes[found_.NodeOf(block)], sums_.bytes.back()));
    Add(Share(prose_before_[i], prose_before_.back()));
    if (in_title > kTitleShare || tag == HtmlTag::kH1) title_at_ = static_cast<int64_t>(i);
    Add(title_at_ < 0 ? -1 : Log(i - static_cast<size_t>(title_at_)));
    Add(counts.short_words / words);
    size_t level = 0;
    while (level < kBlockAncestors && !HoldsTitle(block.ancestors[level])) ++level;
    Add(title_block_ < 0 ? -1 : static_cast<double>(level));
    Add(level == kBlockAncestors ? -1 : Share(Within(sums_.prose, block.ancestors[level]), sums_.prose.back()));
    const int64_t before = heading_before_[i], after = heading_after_[i];
    Add(before < 0 ? -1 : LinkShare(blocks_[static_cast<size_t>(before)]));
    Add(before < 0 ? -1 : Log(i - static_cast<size_t>(before)));
    Add(after < 0 ? -1 : LinkShare(blocks_[static_cast<size_t>(after)]));
    const auto heading_share = [&](Furniture kind) {
      return before < 0 ? -1 : counts_[static_cast<size_t>(before)].FurnitureShare(kind);
    };
    Add(heading_share(Furniture::kMore));
    Add(heading_share(Furniture::kMeta));
    Add(EndsWithEllipsis(block.text));
  }

  // The block `distance` further, or null.
  const TextBlock* Beside(size_t i, int distance) const {
    const int64_t at = static_cast<int64_t>(i) + distance;
    return at < 0 || at >= static_cast<int64_t>(blocks_.size()) ? nullptr : &blocks_[static_cast<size_t>(at)];
  }

  uint64_t ProseNear(size_t i, size_t distance) const {
    const size_t begin = i - std::min(i, distance), end = std::min(i + distance + 1, blocks_.size());
    return prose_before_[end] - prose_before_[begin];
  }

  void AddNear(size_t i) {
    for (const int distance : {-1, 1}) {
      const TextBlock* beside = Beside(i, distance);
      Add(beside ? Log(beside->bytes) : -1);
      Add(beside ? LinkShare(*beside) : -1);
      Add(beside ? IsProse(*beside) : -1);
      Add(beside ? IsHeading(beside->container) : -1);
      Add(beside ? beside->ancestors[1] == blocks_[i].ancestors[1] : -1);
    }
    for (const int distance : {-1, 1}) {
      const bool is_there = Beside(i, distance) != nullptr;
      const TextCounts* beside = is_there ? &counts_[i + static_cast<size_t>(distance)] : nullptr;
      Add(beside ? Share(beside->digits, beside->digits + beside->letters) : -1);
      Add(beside ? beside->FurnitureShare() : -1);
    }
    for (const int distance : {-2, 2}) {
      const TextBlock* beside = Beside(i, distance);
      Add(beside ? IsProse(*beside) : -1);
      Add(beside ? LinkShare(*beside) : -1);
    }
    constexpr size_t kNear = 4, kFar = 15;  // blocks
    Add(Log(ProseNear(i, kNear)));
    Add(Log(ProseNear(i, kFar)));
  }

  void AddPage() {
    Add(Log(sums_.prose.back()));
    Add(Share(sums_.linked.back(), sums_.bytes.back()));
    Add(Log(blocks_.size()));
  }

  uint64_t Within(const std::vector<uint64_t>& sums, uint32_t node) const {
    return sums[page_.nodes[node].subtree_end] - sums[node];
  }

  void AddAround(const TextBlock& block) {
    for (size_t level = 1; level < kBlockAncestors; ++level) {
      const uint32_t node = level < block.depth ? block.ancestors[level] : block.ancestors[0];
      Add(Log(Within(sums_.prose, node)));
      Add(Share(Within(sums_.prose, node), sums_.prose.back()));
      Add(Share(Within(sums_.linked, node), Within(sums_.bytes, node)));
      Add(Log(sums_.blocks[page_.nodes[node].subtree_end] - sums_.blocks[node]));
      Add(Alike(node));
    }
  }

  // The share of the page's prose in the innermost element that has the sign.
  void AddSigns(const TextBlock& block) {
    const BlockSurroundings& around = found_.surroundings[block.surroundings];
    for (const uint32_t at : around.innermost)
      Add(at == 0 ? -1 : Share(Within(sums_.prose, at - 1), sums_.prose.back()));
  }

  const HtmlPage& page_;
  const TextBlocks& found_;
  const std::vector<TextBlock>& blocks_;
  const WordRuns title_runs_, body_runs_;
  NodeSums sums_;
  std::vector<uint64_t> prose_before_;  // by block
  absl::flat_hash_map<std::string_view, uint32_t> copies_, seen_;
  std::vector<TextCounts> counts_;                                // by block
  std::vector<int64_t> heading_before_, heading_after_;           // by block; -1: none
  std::vector<uint64_t> kinds_;                                   // by node
  absl::flat_hash_map<uint64_t, uint32_t> alike_;                 // by kind
  std::array<std::vector<uint32_t>, std::size(kPlenty)> plenty_;  // by node
  int64_t title_block_ = -1;
  uint32_t title_node_ = 0;
  int64_t title_at_ = -1;  // the last block that is the title; -1: none yet
  std::vector<double>* values_ = nullptr;
};

}  // namespace

std::span<const std::string_view> BlockSignalNames() { return AllNames(); }

bool IsProse(const TextBlock& block) {
  constexpr uint32_t kMinProseBytes = 80;     // from here on, text without a full stop passes for prose
  constexpr uint32_t kMinSentenceBytes = 25;  // from here on, text with a full stop does (Readability's limit)
  const uint32_t text = block.bytes - block.linked_bytes;
  return block.linked_bytes * 2 < block.bytes &&
         (text >= kMinProseBytes || (text >= kMinSentenceBytes && block.ends_sentence));
}

void ForEachBlockSignals(const HtmlPage& page, const TextBlocks& found, const DeclaredArticle& declared,
                         size_t max_rows, const std::function<void(const SignalTable&)>& take) {
  SignalMaker(page, found, declared).Make(max_rows, take);
}

SignalTable BlockSignals(const HtmlPage& page, const TextBlocks& found, const DeclaredArticle& declared) {
  SignalTable all;
  all.columns = AllNames().size();
  const size_t rows = std::max<size_t>(found.blocks.size(), 1);
  ForEachBlockSignals(page, found, declared, rows, [&](const SignalTable& table) { all = table; });
  return all;
}

}  // namespace unspin
