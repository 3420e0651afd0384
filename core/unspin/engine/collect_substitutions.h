// The words and phrases of an original that a suspect replaced, and how often each.
#pragma once

#include <span>
#include <vector>

#include "unspin/align/analyzed_article.h"
#include "unspin/report/report.h"
#include "unspin/verdict/aligned_passage.h"

namespace unspin {

// Runs of changed words between kept ones that have words on both sides. Commonest first, then by the words; at most
// 200. Replacements end with their sentence, and those in notices are left out.
std::vector<Substitution> CollectSubstitutions(const AnalyzedArticle& original, const AnalyzedArticle& suspect,
                                               std::span<const AlignedPassage> passages);

}  // namespace unspin
