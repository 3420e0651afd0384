// Cuts sentences off the ends of a passage in which nothing was carried over, such as boilerplate of the page.
#pragma once

#include <vector>

#include "unspin/verdict/aligned_passage.h"

namespace unspin {

// Each side is cut by whole sentences that have no aligned content word and few kept words. Steps outside are dropped;
// a step with one word inside becomes an insertion or a deletion. Changes `tokens` and `steps` only.
void TrimPassage(const AnalyzedArticle& original, const AnalyzedArticle& suspect, AlignedPassage& passage);

// Drops deletions and insertions outside of the spans. A replacement across a cut becomes a deletion or an insertion of
// the word inside.
void CutSteps(TokenSpan original, TokenSpan suspect, std::vector<WordStep>& steps);

}  // namespace unspin
