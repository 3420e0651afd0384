#include "unspin/page/next_article.h"

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "unspin/page/word_runs.h"

namespace unspin {
namespace {

// The first heading with the words of the title, else the first <h1>.
std::optional<size_t> FindHeadline(const TextBlocks& found, std::string_view title) {
  constexpr double kSameTitle = 0.8;  // share of its pairs of words
  const WordRuns runs(title, 2);
  std::optional<size_t> first;
  for (size_t i = 0; i < found.blocks.size(); ++i) {
    const TextBlock& block = found.blocks[i];
    if (block.visibility != Visibility::kShown || !IsHeading(block.container)) continue;
    if (runs.ShareOf(block.text) > kSameTitle) return i;
    if (!first && block.container == HtmlTag::kH1) first = i;
  }
  return first;
}

class NextArticles {
 public:
  NextArticles(const HtmlPage& page, const TextBlocks& found, std::vector<bool>& is_chosen, size_t headline)
      : page_(page), found_(found), is_chosen_(is_chosen), headline_(headline) {
    constexpr uint32_t kMinParagraphBytes = 80;
    chosen_before_.assign(page.nodes.size() + 1, 0);
    paragraphs_before_.assign(page.nodes.size() + 1, 0);
    for (size_t i = 0; i < found.blocks.size(); ++i) {
      if (!is_chosen[i]) continue;
      const uint32_t behind = found.NodeOf(found.blocks[i]) + 1;
      chosen_before_[behind] += found.blocks[i].bytes;
      paragraphs_before_[behind] += found.blocks[i].bytes >= kMinParagraphBytes;
    }
    for (size_t i = 1; i < chosen_before_.size(); ++i) {
      chosen_before_[i] += chosen_before_[i - 1];
      paragraphs_before_[i] += paragraphs_before_[i - 1];
    }
  }

  void Drop() {
    if (IsHeadlineOfMuch()) std::fill_n(is_chosen_.begin(), headline_, false);
    uint32_t article = found_.blocks[headline_].ancestors[0];
    for (uint32_t parent = found_.parents[article]; article != parent;
         article = parent, parent = found_.parents[article]) {
      if (ChosenWithin(article) < kMinBytes) continue;
      if (DropBeside(article, parent)) return;
      if (HoldsMost(article)) return DropBehind(article);
    }
  }

 private:
  // Whether at least a fifth of the chosen text follows the headline: what precedes it is a notice about cookies, or
  // news of the hour.
  bool IsHeadlineOfMuch() const {
    const uint64_t before = chosen_before_[found_.NodeOf(found_.blocks[headline_])];
    return (chosen_before_.back() - before) * 5 > chosen_before_.back();
  }

  static constexpr uint64_t kMinBytes = 400;  // of chosen text under the headline: less is a deck

  uint64_t ChosenWithin(uint32_t node) const {
    return chosen_before_[page_.nodes[node].subtree_end] - chosen_before_[node];
  }

  bool IsAlike(uint32_t a, uint32_t b) const {
    if (page_.nodes[a].tag != page_.nodes[b].tag) return false;
    return AttributeOf(page_, page_.nodes[a], "class") == AttributeOf(page_, page_.nodes[b], "class");
  }

  // The first block at or behind a node.
  size_t FirstBlock(uint32_t node) const {
    const auto at = std::partition_point(found_.blocks.begin(), found_.blocks.end(),
                                         [&](const TextBlock& block) { return found_.NodeOf(block) < node; });
    return static_cast<size_t>(at - found_.blocks.begin());
  }

  // Whether a headline of the same rank, with other words, comes first in an element.
  bool BeginsArticle(uint32_t node) const {
    const TextBlock& headline = found_.blocks[headline_];
    for (size_t i = FirstBlock(node); i < found_.blocks.size(); ++i) {
      const TextBlock& block = found_.blocks[i];
      if (found_.NodeOf(block) >= page_.nodes[node].subtree_end) return false;
      if (block.container == headline.container) return block.text != headline.text;
      if (is_chosen_[i]) return false;
    }
    return false;
  }

  // Whether an element holds most of the chosen text, in several paragraphs.
  bool HoldsMost(uint32_t article) const {
    constexpr uint32_t kMinParagraphs = 5;
    const uint32_t paragraphs = paragraphs_before_[page_.nodes[article].subtree_end] - paragraphs_before_[article];
    return paragraphs >= kMinParagraphs && ChosenWithin(article) * 2 > chosen_before_.back();
  }

  void DropBehind(uint32_t article) {
    for (size_t i = FirstBlock(page_.nodes[article].subtree_end); i < found_.blocks.size(); ++i) is_chosen_[i] = false;
  }

  bool DropBeside(uint32_t article, uint32_t parent) {
    bool dropped = false;
    uint32_t next = article;
    for (uint32_t at = page_.nodes[article].subtree_end; at < page_.nodes[parent].subtree_end; at = next) {
      next = page_.nodes[at].subtree_end;
      if (!IsAlike(article, at) || !BeginsArticle(at)) continue;
      dropped = true;
      for (size_t i = FirstBlock(at); i < found_.blocks.size() && found_.NodeOf(found_.blocks[i]) < next; ++i)
        is_chosen_[i] = false;
    }
    return dropped;
  }

  const HtmlPage& page_;
  const TextBlocks& found_;
  std::vector<bool>& is_chosen_;
  const size_t headline_;                    // a block
  std::vector<uint64_t> chosen_before_;      // by node: bytes of chosen text before it,
  std::vector<uint32_t> paragraphs_before_;  // and long chosen paragraphs
};

}  // namespace

void DropNextArticles(const HtmlPage& page, const TextBlocks& found, std::string_view title,
                      std::vector<bool>& is_chosen) {
  assert(is_chosen.size() == found.blocks.size());
  if (const auto headline = FindHeadline(found, title)) NextArticles(page, found, is_chosen, *headline).Drop();
}

}  // namespace unspin
