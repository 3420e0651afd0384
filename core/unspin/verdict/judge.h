// A pair's view → the verdict: probability, manner, extent.
#pragma once

#include <string_view>

#include "unspin/report/report.h"
#include "unspin/verdict/model.h"
#include "unspin/verdict/pair_view.h"

namespace unspin {

// Fewer counted words than this on either side prove nothing.
inline constexpr uint32_t kMinWords = 40;

// Fills verdict, extent, manner and the numbers of a finding, and into `because` what is to be known about the texts.
// `shared` and the reasons of the evidence are for findings that are shown (count_shared_words.h, reasons.h). `prior`
// is the probability of derivation before the evidence. REQUIRES: 0 ≤ prior ≤ 1. Where the evidence is strong but the
// passages show nothing, the view is aligned anew, with wider passages.
Signals Judge(PairView& view, LexiconCache& lexicon, const DerivationModel& model, double prior, Finding& finding);

// The manner of a passage or finding by the thresholds of docs/method.md.
Manner MannerOf(double rewrite, double in_place, double order);

// By the coverage of the suspect.
Extent ExtentOf(double coverage);

// Which article came first by the dates of publication as they were given, in any form that ParseDate reads; how they
// are compared is told at OrderOf (unspin/date/moment.h).
Direction DirectionOf(std::string_view original, std::string_view suspect);

// Whether a verdict is `excerpt` or stronger.
bool NamesDerivation(Verdict verdict);

}  // namespace unspin
