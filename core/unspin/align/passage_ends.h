// Where a passage begins and ends, on either side.
#pragma once

#include <span>
#include <vector>

#include "unspin/align/analyzed_pair.h"
#include "unspin/align/passage.h"
#include "unspin/align/sentence_signals.h"
#include "unspin/base/span.h"

namespace unspin {

// The run of sentences with the largest sum of (probability - 0.5) · bytes: Kadane's maximum subarray (Bentley,
// Communications of the ACM 1984). `taken`: the probability of each sentence that it was taken. Empty where none
// exceeds 0.5. REQUIRES: one probability per sentence.
TokenSpan LikeliestRun(const AnalyzedArticle& article, std::span<const MeasuredSentence> sentences,
                       std::span<const double> taken);

// Moves the ends of a verbatim copy to where equal words begin and end, also inside or outside of a sentence. Does not
// change a passage that was rewritten.
void SharpenEnds(const AnalyzedArticle& original, const AnalyzedArticle& suspect, TokenPassage& passage);

}  // namespace unspin
