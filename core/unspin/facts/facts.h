// The facts of an original, numbers, dates, names and quotations, and what became of each in the suspect.
#pragma once

#include <string_view>
#include <vector>

#include "unspin/align/align_words.h"
#include "unspin/align/analyzed_article.h"
#include "unspin/report/report.h"

namespace unspin {

struct Language;

inline constexpr size_t kMaxFacts = 300;  // listed per finding, in the order of the original

// Each distinct fact inside of the aligned passages, once, in the order of the original. If a fact occurs several
// times, the worst state counts: "altered" where another fact replaces it, else "kept" where it is in the suspect,
// there or anywhere, else "missing". `passages`: the word steps of each. The articles were analyzed from these texts.
std::vector<Fact> FindFacts(std::string_view original_text, const AnalyzedArticle& original,
                            std::string_view suspect_text, const AnalyzedArticle& suspect,
                            const std::vector<const std::vector<WordStep>*>& passages, const Language& language);

}  // namespace unspin
