#include "unspin/verdict/coverage.h"

#include <algorithm>

namespace unspin {

uint32_t CountedWords(const AnalyzedArticle& article) {
  uint32_t count = 0;
  for (const Zone zone : article.zones.of_token) count += zone == Zone::kBody;
  return count;
}

double CoveredShare(const AnalyzedArticle& article, std::vector<TokenSpan> spans) {
  const uint32_t counted = CountedWords(article);
  if (counted == 0) return 0;
  std::sort(spans.begin(), spans.end());
  uint32_t covered = 0, covered_end = 0;
  for (const TokenSpan span : spans) {
    for (uint32_t token = std::max(span.begin, covered_end); token < span.end; ++token)
      covered += article.zones.IsNarration(token);
    covered_end = std::max(covered_end, span.end);
  }
  return static_cast<double>(covered) / counted;
}

}  // namespace unspin
