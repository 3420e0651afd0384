// The original's copyright notices, credits, bylines and datelines, and what became of each in the suspect.
#pragma once

#include <string_view>
#include <vector>

#include "unspin/align/analyzed_article.h"
#include "unspin/report/report.h"

namespace unspin {

// The notices of the original, in its order: "kept", "altered" (with what replaced them) or "removed"; then those of
// the suspect that replace none: "added". The articles were analyzed from these texts with this lexicon.
std::vector<Notice> CompareNotices(std::string_view original_text, const AnalyzedArticle& original,
                                   std::string_view suspect_text, const AnalyzedArticle& suspect,
                                   const Lexicon& lexicon);

}  // namespace unspin
