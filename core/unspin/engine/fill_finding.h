// A judged pair → what a person is shown: passages with their word operations, substitutions, facts; and what a report
// says about each article: cards and alerts.
#pragma once

#include <string_view>
#include <vector>

#include "unspin/align/analyzed_article.h"
#include "unspin/article/article.h"
#include "unspin/report/report.h"
#include "unspin/verdict/pair_alignment.h"

namespace unspin {

struct Language;

// Identity of an article; with `details` its text and masked stretches, for views. `sha256`: of the text, if the caller
// knows it.
ArticleCard CardOf(const Article& article, const AnalyzedArticle& words, bool details, std::string_view sha256 = {});

// Hidden and look-alike characters, grouped by kind.
std::vector<Alert> AlertsOf(const Article& article, const AnalyzedArticle& words);

// A report without findings. `model`: the name of the probability model.
Report StartReport(const Article& suspect, const AnalyzedArticle& words, std::string_view model, bool details);

// Fills passages, substitutions, facts and credit.
void FillFinding(const Article& original, const AnalyzedArticle& original_words, const Article& suspect,
                 const AnalyzedArticle& suspect_words, const PairAlignment& alignment, const Language& language,
                 Finding& finding);

}  // namespace unspin
