#include "unspin/ingest/block_model.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <utility>

#include "unspin/ingest/block_model_tsv.h"
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

// Text that a browser does not show counts only where it is more of the article than what it shows: a body that waits
// for a script, not a copy of some facts for search engines.
void DropHidden(const std::vector<TextBlock>& blocks, std::vector<double>& probabilities) {
  constexpr size_t kKinds = 4;  // of Visibility
  std::array<double, kKinds> expected = {};
  for (size_t i = 0; i < blocks.size(); ++i)
    expected[static_cast<size_t>(blocks[i].visibility)] += probabilities[i] * blocks[i].bytes;
  for (size_t i = 0; i < blocks.size(); ++i) {
    const auto kind = static_cast<size_t>(blocks[i].visibility);
    if (kind > 0 && expected[kind] < expected[0]) probabilities[i] = 0;
  }
}

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

}  // namespace unspin
