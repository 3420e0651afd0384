// Runs of words that were deleted in one position and inserted in another → moved words.
#pragma once

#include <vector>

#include "unspin/align/analyzed_article.h"
#include "unspin/align/word_step.h"

namespace unspin {

// Changes inserted words whose run was deleted elsewhere, word for word, to moved words, and removes the deleted ones.
// Each deleted word moves once.
void MarkMoves(const AnalyzedArticle& original, const AnalyzedArticle& suspect, std::vector<WordStep>& steps);

}  // namespace unspin
