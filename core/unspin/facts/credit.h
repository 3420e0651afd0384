// Where the suspect says whose text it uses: it names the original's outlet or author, links it, or quotes it.
#pragma once

#include <string_view>
#include <vector>

#include "unspin/align/analyzed_article.h"
#include "unspin/base/span.h"
#include "unspin/report/report.h"

namespace unspin {

struct Language;

inline constexpr size_t kMaxCredits = 8;  // listed per finding

// One side of the pair. `article` was made of `text`.
struct CreditSide {
  std::string_view id, site, url, text;
  const AnalyzedArticle& article;
};

// Credits in the order of the suspect, each wording once: beside what was taken, which is in the same paragraph or one
// next to it, or in a line at the beginning or the end. `taken`: tokens of the suspect. Empty where both are of one
// outlet: its own name is no credit. A name that is an ordinary word too counts where something says that it published.
std::vector<Credit> FindCredit(const CreditSide& original, const CreditSide& suspect,
                               const std::vector<TokenSpan>& taken, const Language& language);

}  // namespace unspin
