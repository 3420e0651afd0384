// Lines of rights and authorship of the original, and what became of them in the suspect: laundering begins there.
#pragma once

#include <string_view>
#include <vector>

#include "unspin/align/analyzed_article.h"
#include "unspin/report/report.h"

namespace unspin {

// Copyright notices, credits, bylines and datelines: those of the original, in its order, `kept`, `altered` (with what
// replaced them) or `removed`; then those that the suspect `added`.
std::vector<Notice> CompareNotices(std::string_view original_text, const AnalyzedArticle& original,
                                   std::string_view suspect_text, const AnalyzedArticle& suspect,
                                   const Lexicon& lexicon);

}  // namespace unspin
