// Passages as an evaluation or a rights desk wants them: ends cut to what was taken, chance resemblance dropped, and
// what was drawn from a long stretch joined into one.
#pragma once

#include <vector>

#include "unspin/align/find_passages.h"
#include "unspin/align/passage_model.h"

namespace unspin {

struct PassageCandidate {
  TokenPassage passage;
  PassageSignals signals{};
};

struct PassageCandidates {
  std::vector<PassageCandidate> close;  // counterparts are neighbours on both sides; disjoint in the suspect
  std::vector<PassageCandidate> wide;   // counterparts may lie scattered over the original; likewise
  TokenSpan original;                   // all of it
};

// Passages of neighbouring sentences as they are first seen, by low thresholds, before their ends are cut.
std::vector<TokenPassage> FindClosePassages(const AnalyzedArticle& original, const AnalyzedArticle& suspect);

// All that may be a passage, with what speaks for it; its ends cut by what `inside` says of the sentences around it.
PassageCandidates ProposePassages(const AnalyzedArticle& original, const AnalyzedArticle& suspect,
                                  const TreeScorer& inside);

// Those that the model keeps. They do not overlap in the suspect; in its order.
std::vector<TokenPassage> DecidePassages(const PassageCandidates& candidates, const PassageModel& model);

std::vector<TokenPassage> SelectPassages(const AnalyzedArticle& original, const AnalyzedArticle& suspect,
                                         const PassageModel& model);

}  // namespace unspin
