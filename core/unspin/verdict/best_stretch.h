// The aligned stretch of a passage that was taken most clearly: words kept over words changed.
#pragma once

#include "unspin/verdict/aligned_passage.h"

namespace unspin {

// The weight, in words, of the heaviest run of neighbouring steps: a local alignment in the sense of Smith and Waterman
// (1981), so that an excerpt weighs the same whatever surrounds it. Found by Kadane's algorithm (maximum subarray).
double BestStretch(const AnalyzedArticle& original, const AnalyzedArticle& suspect, const AlignedPassage& passage);

}  // namespace unspin
