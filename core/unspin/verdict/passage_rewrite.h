// How much of a passage's wording was changed, and how.
#pragma once

#include "unspin/report/report.h"
#include "unspin/verdict/aligned_passage.h"

namespace unspin {

// Sets rewrite, weight, in_place and order of a passage from its steps. Adds the passage's words to `words`, and raises
// `longest_verbatim_run`, in words, where the passage has a longer one.
void MeasureRewrite(const AnalyzedArticle& original, const AnalyzedArticle& suspect, AlignedPassage& passage,
                    WordCounts& words, uint32_t& longest_verbatim_run);

// Weight of one word in `rewrite`, 1 … 3: rare words say more than common ones, no word says nothing.
double WordWeight(const WordInfo& word);

}  // namespace unspin
