// Three sums of small trees, kept as data: whether a sentence was taken with its passage, whether a passage was taken,
// and whether it sums up the original at large.
#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "unspin/trees/tree_scorer.h"

namespace unspin {

// A positive sum means yes.
struct PassageModel {
  TreeScorer inside;  // a sentence in or around a passage was taken with it; of SentenceSignals
  TreeScorer keep;    // a passage of neighbouring sentences was taken; of PassageSignals
  TreeScorer join;  // a passage of scattered counterparts is a summary of all that lies between them; of PassageSignals

  // The model built into the program: core/unspin/align/passage-model.tsv, fitted by bench/quality/fit_passages.cc.
  static const PassageModel& Default();
  // Errors name the line.
  static absl::StatusOr<PassageModel> Parse(std::string_view tsv);
};

}  // namespace unspin
