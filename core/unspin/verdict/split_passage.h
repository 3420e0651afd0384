// An aligned passage → its parts that were taken: sentences of the suspect's own, in the middle of it, are cut out.
#pragma once

#include <vector>

#include "unspin/align/analyzed_article.h"
#include "unspin/verdict/aligned_passage.h"

namespace unspin {

// Parts in the order of the suspect; they do not overlap on its side. A passage without own sentences is one part; one
// of which nothing was taken is none. `strictly`: by the threshold of pasted passages. REQUIRES: the steps are an
// alignment of the passage's tokens.
std::vector<AlignedPassage> SplitPassage(const AnalyzedArticle& original, const AnalyzedArticle& suspect,
                                         AlignedPassage passage, bool strictly = false);

// Parts without the words that were excluded from the suspect, in its order; none where nothing but them was taken. A
// passage without excluded words is one part. REQUIRES: as SplitPassage.
std::vector<AlignedPassage> CutOutExcluded(const AnalyzedArticle& suspect, AlignedPassage passage);

}  // namespace unspin
