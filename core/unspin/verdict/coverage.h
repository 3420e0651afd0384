// Which counted words of an article are in passages, and what share of them.
#pragma once

#include <cstdint>
#include <vector>

#include "unspin/align/analyzed_article.h"
#include "unspin/base/span.h"

namespace unspin {

// Words of narration; quotations, notices and the like aside.
uint32_t CountedWords(const AnalyzedArticle& article);

// Share of the counted words inside of the spans, which may overlap; 0 without counted words.
double CoveredShare(const AnalyzedArticle& article, std::vector<TokenSpan> spans);

}  // namespace unspin
