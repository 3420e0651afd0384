// Two articles → all that may be a passage, with the signals by which the passage model decides.
#pragma once

#include <vector>

#include "unspin/align/analyzed_article.h"
#include "unspin/align/passage.h"
#include "unspin/align/passage_signals.h"
#include "unspin/base/span.h"
#include "unspin/trees/tree_scorer.h"

namespace unspin {

struct PassageCandidates {
  std::vector<MeasuredPassage> close;  // counterparts are neighbours on both sides; ends are cut
  std::vector<MeasuredPassage> wide;   // counterparts may be scattered over the original; disjoint in the suspect
  TokenSpan whole_original;            // all tokens of the original
};

// Passages of neighbouring sentences, found by low thresholds, before their ends are cut.
std::vector<TokenPassage> FindClosePassages(const AnalyzedArticle& original, const AnalyzedArticle& suspect);

// `inside`: PassageModel::inside, by which ends are cut. No candidates are wide unless some are close.
PassageCandidates ProposePassages(const AnalyzedArticle& original, const AnalyzedArticle& suspect,
                                  const TreeScorer& inside);

}  // namespace unspin
