// Two articles → the passages that were taken, by the passage model: their ends are cut to what was taken, coincidental
// resemblance is left out, and what sums up a long passage is joined into one.
#pragma once

#include <vector>

#include "unspin/align/passage_model.h"
#include "unspin/align/propose_passages.h"

namespace unspin {

// The candidates that the model keeps, in the order of the suspect. They do not overlap there.
std::vector<TokenPassage> DecidePassages(const PassageCandidates& candidates, const PassageModel& model);

// ProposePassages, then DecidePassages.
std::vector<TokenPassage> SelectPassages(const AnalyzedArticle& original, const AnalyzedArticle& suspect,
                                         const PassageModel& model);

}  // namespace unspin
