// A pair of articles → how many runs of neighbouring words each has, and how many stand in both.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "unspin/align/analyzed_article.h"

namespace unspin {

// Distinct runs; words are equal where their stems are.
struct RunCounts {
  size_t common = 0, of_original = 0, of_suspect = 0;

  // What is common, of the article with fewer runs and of the one with more.
  double ShareOfSmaller() const;
  double ShareOfLarger() const;
};

struct CommonRuns {
  RunCounts story4, story5;   // of four and five words, quoted or not; the furniture of a site has none
  size_t counted5 = 0;        // in common, of words that count
  size_t plain3 = 0;          // in common, of words that count and are no names
  size_t quoted3_common = 0;  // of the suspect's quoted runs, those that stand anywhere in the original
  size_t quoted3_of_suspect = 0;
  size_t content_pairs = 0;  // in common: neighbouring content words of a sentence, in either order
};

// `to_original` and `to_suspect`: MatchStems either way.
CommonRuns CountCommonRuns(const AnalyzedArticle& original, const AnalyzedArticle& suspect,
                           const std::vector<uint32_t>& to_original, const std::vector<uint32_t>& to_suspect);

}  // namespace unspin
