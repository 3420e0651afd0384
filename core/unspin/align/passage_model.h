// What two passages have in common → whether one was taken from the other, where it ends, and whether it sums up the
// other at large: three sums of small trees, kept as data.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "unspin/align/boosted_trees.h"
#include "unspin/align/tree_scorer.h"

namespace unspin {

enum PassageSignal : size_t {
  kPassageCosine,         // of the two sides
  kPassageSharedSuspect,  // idf-weighted share of the suspect's words that stand in the other side
  kPassageSharedOriginal,
  kPassageRuns1,         // share of the smaller side's words,
  kPassageRuns2,         // pairs of neighbouring words,
  kPassageRuns3,         // runs of three
  kPassageRuns5,         // and of five found in the other side
  kPassagePlain,         // log of the number of shared words that are neither names, numbers nor function words
  kPassageWordsSuspect,  // logs of the sizes
  kPassageWordsOriginal,
  kPassageSentences,
  kPassageLengthRatio,    // log of the original's bytes per byte of the suspect
  kPassageSeeded,         // share of the suspect's sentences with a counterpart
  kPassageSpread,         // log of the original's sentences per counterpart
  kPassageOthers,         // other passages of the pair: their number, for `join` those inside,
  kPassageOthersRuns,     // their most shared runs of five
  kPassageOthersCosine,   // and highest cosine
  kPassageOthersSuspect,  // for `join`: share of each side inside of them
  kPassageOthersOriginal,
  kPassageTakenSuspect,  // means over the sentences of either side: the probability that each was taken
  kPassageTakenOriginal,
  kPassageInsideSuspect,  // and what core/unspin/align/passage_ends.h says of them
  kPassageInsideOriginal,
  kPassageNearSuspect,
  kPassageNearOriginal,
  kPassageAdjacentSuspect,
  kPassageAdjacentOriginal,
  kPassagePlainSuspect,
  kPassagePlainOriginal,
  kPassageMostTakenSuspect,  // of the likeliest sentence
  kPassageMostTakenOriginal,
  kPassageNearWeightSuspect,  // log of the sum over the sentences
  kPassageNearWeightOriginal,
  kPassageSignalCount,
};

using PassageSignals = std::array<double, kPassageSignalCount>;

extern const std::array<std::string_view, kPassageSignalCount> kPassageSignalNames;

struct PassageModel {
  TreeScorer inside;  // a sentence in or beside a passage was taken with it: SentenceSignals
  TreeScorer keep;    // a passage of neighbouring sentences was taken: PassageSignals
  TreeScorer join;    // likewise: a passage whose counterparts lie scattered is a summary of all that lies between them

  // The model built into the program: core/unspin/align/passage-model.tsv, fitted by bench/quality/fit_passages.cc.
  static const PassageModel& Default();
  // Errors name the line.
  static absl::StatusOr<PassageModel> Parse(std::string_view tsv);
};

}  // namespace unspin
