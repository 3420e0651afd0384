// A passage that two articles share, aligned word by word and measured.
#pragma once

#include <cassert>
#include <vector>

#include "unspin/align/align_words.h"
#include "unspin/align/analyzed_article.h"
#include "unspin/align/passage.h"

namespace unspin {

struct AlignedPassage {
  TokenPassage tokens;
  std::vector<WordStep> steps;
  double rewrite = 1;   // 0 … 1, of the counted words
  double weight = 0;    // of the counted words, both sides' mean (WordWeight): the passage's weight in the whole
  double in_place = 0;  // content words replaced in place, as a share of the passage's content words
  double order = 1;     // share of the suspect's words that are in line with the original
};

// False where a word of the step is no narration. REQUIRES: a step of an alignment of the two.
inline bool StepCounts(const AnalyzedArticle& original, const AnalyzedArticle& suspect, const WordStep& step) {
  assert(step.original.end <= original.size() && step.suspect.end <= suspect.size());
  if (!step.original.empty() && !original.zones.IsNarration(step.original.begin)) return false;
  return step.suspect.empty() || suspect.zones.IsNarration(step.suspect.begin);
}

}  // namespace unspin
