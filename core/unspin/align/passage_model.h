// What two passages have in common → whether one was taken from the other, and whether it sums up the other at large:
// two additive models whose curves are data.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "unspin/base/curve.h"

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
  kPassageSignalCount,
};

using PassageSignals = std::array<double, kPassageSignalCount>;

std::string_view PassageSignalName(PassageSignal signal);

struct AdditiveScore {
  double bias = 0;
  std::array<Curve, kPassageSignalCount> curves;

  // Positive: yes.
  double operator()(const PassageSignals& signals) const;
};

struct PassageModel {
  AdditiveScore keep;  // a passage of neighbouring sentences was taken
  AdditiveScore join;  // a passage whose counterparts lie scattered is a summary of all that lies between them

  // The model built into the program: core/unspin/align/passage-model.tsv, fitted by bench/quality/fit_passages.cc.
  static const PassageModel& Default();
  // Errors name the line.
  static absl::StatusOr<PassageModel> Parse(std::string_view tsv);
};

}  // namespace unspin
