// What became of the original's notices in the suspect, those outside of the main text of pages included.
#pragma once

#include <vector>

#include "unspin/align/analyzed_article.h"
#include "unspin/article/article.h"
#include "unspin/report/report.h"

namespace unspin {

// As CompareNotices (facts/notices.h), over the texts and Article::notices. A notice that is not in the suspect's text
// has no span. The articles were analyzed with this lexicon.
std::vector<Notice> ComparePageNotices(const Article& original, const AnalyzedArticle& original_words,
                                       const Article& suspect, const AnalyzedArticle& suspect_words,
                                       LexiconCache& lexicon);

}  // namespace unspin
