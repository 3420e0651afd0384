#include "unspin/page/block_model.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <utility>

#include "unspin/page/block_model_tsv.h"
#include "unspin/trees/tree_table.h"

namespace unspin {

absl::StatusOr<BlockModel> BlockModel::Parse(std::string_view tsv) {
  const TreeSumName names[] = {{"article", BlockSignalNames()}};
  auto sums = ParseTreeTable(tsv, names, "block model");
  if (!sums.ok()) return sums.status();
  return BlockModel(TreeScorer(std::move((*sums)[0])));
}

const BlockModel& BlockModel::Default() {
  static const BlockModel* const model = [] {
    return new BlockModel(*Parse(kBlockModelTsv));  // the built-in text is parsed by a test
  }();
  return *model;
}

std::vector<double> BlockModel::Probabilities(const SignalTable& signals) const {
  std::vector<std::span<const double>> rows;
  for (size_t row = 0; row * signals.columns < signals.values.size(); ++row) rows.push_back(signals.Row(row));
  std::vector<double> probabilities = trees_.Score(rows);
  for (double& score : probabilities) score = 1 / (1 + std::exp(-score));
  return probabilities;
}

std::vector<double> BlockModel::Probabilities(const HtmlPage& page, const TextBlocks& found,
                                              const DeclaredArticle& declared) const {
  constexpr size_t kRows = 1024;
  std::vector<double> all;
  ForEachBlockSignals(page, found, declared, kRows, [&](const SignalTable& signals) {
    const std::vector<double> some = Probabilities(signals);
    all.insert(all.end(), some.begin(), some.end());
  });
  return all;
}

namespace {

// Text that a browser does not show counts only where it is far more of the article than what it shows, and that is
// short: a body that waits for a script, not a box that opens beside an article.
void DropHidden(const std::vector<TextBlock>& blocks, std::vector<double>& probabilities) {
  constexpr size_t kKinds = 4;  // of Visibility
  constexpr double kTimesShown = 2;
  constexpr double kMaxShown = 4000;  // bytes: what shows more has an article of its own
  std::array<double, kKinds> expected = {};
  for (size_t i = 0; i < blocks.size(); ++i)
    expected[static_cast<size_t>(blocks[i].visibility)] += probabilities[i] * blocks[i].bytes;
  for (size_t i = 0; i < blocks.size(); ++i) {
    const auto kind = static_cast<size_t>(blocks[i].visibility);
    if (kind > 0 && (expected[kind] < kTimesShown * expected[0] || expected[0] > kMaxShown)) probabilities[i] = 0;
  }
}

// Whole sentences with few links, and no heading.
bool IsParagraph(const TextBlock& block, uint32_t min_bytes) {
  return !IsHeading(block.container) && block.bytes >= min_bytes && block.linked_bytes * 5 < block.bytes * 2 &&
         block.ends_sentence;
}

bool IsAlike(const TextBlock& a, const TextBlock& b) {
  return a.container == b.container && a.visibility == b.visibility;
}

// Whether two blocks stand side by side in one element. A cell has a row and a caption a figure of its own.
bool AreSiblings(const TextBlock& a, const TextBlock& b) {
  const bool is_wrapped = a.container == HtmlTag::kTd || a.container == HtmlTag::kFigcaption;
  return a.ancestors[1] == b.ancestors[1] || (is_wrapped && a.ancestors[2] == b.ancestors[2]);
}

// Does the work of TakeEdges: paragraphs beside chosen siblings first, as far as they reach; then doubtful ones beside
// a neighbour elsewhere that the model itself is sure of.
class EdgeTaker {
 public:
  EdgeTaker(const std::vector<TextBlock>& blocks, const std::vector<double>& probabilities, std::vector<bool>& chosen)
      : blocks_(blocks), probabilities_(probabilities), chosen_(chosen) {}

  void Take() {
    const std::vector<bool> by_model = chosen_;
    for (size_t i = 1; i < blocks_.size(); ++i) TakeSibling(i, i - 1);
    for (size_t i = blocks_.size(); i-- > 1;) TakeSibling(i - 1, i);
    for (size_t i = 0; i < blocks_.size(); ++i) {
      for (const size_t neighbour : {i - 1, i + 1}) {
        if (neighbour < blocks_.size() && by_model[neighbour] && MayFollow(i, neighbour)) chosen_[i] = true;
      }
    }
  }

 private:
  static constexpr double kUnlikely = 0.02, kDoubtful = 0.25;
  static constexpr double kSure = 0.7;  // of the neighbour
  static constexpr uint32_t kSentenceBytes = 80, kWholeBytes = 150;

  void TakeSibling(size_t i, size_t neighbour) {
    if (chosen_[neighbour] && probabilities_[i] >= kUnlikely && IsParagraph(blocks_[i], kSentenceBytes) &&
        IsAlike(blocks_[i], blocks_[neighbour]) && AreSiblings(blocks_[i], blocks_[neighbour]))
      chosen_[i] = true;
  }

  // Beside a neighbour elsewhere.
  bool MayFollow(size_t i, size_t neighbour) const {
    return probabilities_[i] >= kDoubtful && probabilities_[neighbour] > kSure &&
           IsParagraph(blocks_[i], kWholeBytes) && IsAlike(blocks_[i], blocks_[neighbour]);
  }

  const std::vector<TextBlock>& blocks_;
  const std::vector<double>& probabilities_;
  std::vector<bool>& chosen_;
};

}  // namespace

std::vector<bool> ChooseBlocks(const std::vector<TextBlock>& blocks, std::vector<double> probabilities) {
  assert(blocks.size() == probabilities.size());
  DropHidden(blocks, probabilities);
  std::vector<uint32_t> order(blocks.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](uint32_t a, uint32_t b) { return probabilities[a] > probabilities[b]; });
  double expected = 0;  // bytes of the article
  for (size_t i = 0; i < blocks.size(); ++i) expected += probabilities[i] * blocks[i].bytes;
  double taken = 0, right = 0, best = 0, threshold = 1;
  for (const uint32_t i : order) {
    taken += blocks[i].bytes;
    right += probabilities[i] * blocks[i].bytes;
    const double f1 = 2 * right / (taken + expected);
    if (f1 <= best) continue;
    best = f1;
    threshold = probabilities[i];
  }
  std::vector<bool> chosen(blocks.size());
  for (size_t i = 0; i < blocks.size(); ++i) chosen[i] = best > 0 && probabilities[i] >= threshold;
  return chosen;
}

void TakeEdges(const std::vector<TextBlock>& blocks, const std::vector<double>& probabilities,
               std::vector<bool>& chosen) {
  assert(blocks.size() == probabilities.size() && blocks.size() == chosen.size());
  EdgeTaker(blocks, probabilities, chosen).Take();
}

}  // namespace unspin
