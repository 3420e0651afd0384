// The block model: how probable it is that a block of a page is part of its article, by its signals.
#pragma once

#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "unspin/page/block_signals.h"
#include "unspin/trees/tree_scorer.h"

namespace unspin {

class BlockModel {
 public:
  // The model built into the program: core/unspin/page/block-model.tsv, fitted by bench/pages/fit_blocks.cc.
  static const BlockModel& Default();
  // Errors name the line.
  static absl::StatusOr<BlockModel> Parse(std::string_view tsv);
  explicit BlockModel(TreeScorer trees) : trees_(std::move(trees)) {}

  // In [0, 1], for each block.
  std::vector<double> Probabilities(const SignalTable& signals) const;
  // As Probabilities of BlockSignals, in memory that does not grow with the signals.
  std::vector<double> Probabilities(const HtmlPage& page, const TextBlocks& found,
                                    const DeclaredArticle& declared) const;

 private:
  TreeScorer trees_;
};

// The blocks that a reader would take, one truth value each. They maximise the expected F1 of the bytes taken: where
// the model is sure, blocks more probable than about one half are taken; where it is not, less probable ones are too,
// so that an unusual page still gives its article (Nan Ye et al., "Optimizing F-measure", ICML 2012). Text of a kind
// that a browser does not show is taken only where it is far more of the article than what it shows.
std::vector<bool> ChooseBlocks(const std::vector<TextBlock>& blocks, std::vector<double> probabilities);

// Chooses paragraphs that the model doubts beside chosen ones of the same make as well: the first and the last of an
// article stand beside other things than its middle does.
void TakeEdges(const std::vector<TextBlock>& blocks, const std::vector<double>& probabilities,
               std::vector<bool>& chosen);

}  // namespace unspin
