// The facts of an original, numbers, dates, names and quotations, and what the rewriting made of them.
#pragma once

#include <string_view>
#include <vector>

#include "unspin/align/align_words.h"
#include "unspin/align/analyzed_article.h"
#include "unspin/report/report.h"

namespace unspin {

struct Language;

inline constexpr size_t kMaxFacts = 300;  // listed of one finding, in the order of the original

// Each distinct fact inside of the aligned passages, once, in the order of the original. Of several places of one fact
// the worst counts: `altered` where another stands in its place, else `kept` where it stands there or anywhere in the
// suspect, else `missing`. `passages`: the steps of each; texts are what the articles were described from.
std::vector<Fact> FindFacts(std::string_view original_text, const AnalyzedArticle& original,
                            std::string_view suspect_text, const AnalyzedArticle& suspect,
                            const std::vector<const std::vector<WordStep>*>& passages, const Language& language);

}  // namespace unspin
