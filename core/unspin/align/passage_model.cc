#include "unspin/align/passage_model.h"

#include <utility>
#include <vector>

#include "unspin/align/passage_model_tsv.h"
#include "unspin/align/passage_signals.h"
#include "unspin/align/sentence_signals.h"
#include "unspin/trees/tree_table.h"

namespace unspin {

absl::StatusOr<PassageModel> PassageModel::Parse(std::string_view tsv) {
  const TreeSumName names[] = {
      {"inside", kSentenceSignalNames}, {"keep", kPassageSignalNames}, {"join", kPassageSignalNames}};
  auto sums = ParseTreeTable(tsv, names, "passage model");
  if (!sums.ok()) return sums.status();
  return PassageModel{TreeScorer(std::move((*sums)[0])), TreeScorer(std::move((*sums)[1])),
                      TreeScorer(std::move((*sums)[2]))};
}

const PassageModel& PassageModel::Default() {
  static const PassageModel* const model = [] {
    return new PassageModel(*Parse(kPassageModelTsv));  // the built-in text is parsed by a test
  }();
  return *model;
}

}  // namespace unspin
