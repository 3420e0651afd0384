// How many runs of neighbouring words (word n-grams) each of two articles has, and how many occur in both.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "unspin/align/analyzed_article.h"

namespace unspin {

// Distinct runs; words are equal where their stems are.
struct RunCounts {
  size_t common = 0, of_original = 0, of_suspect = 0;

  // The share of common runs in the article with fewer runs, and in the one with more. 0 where that has none.
  double ShareOfSmaller() const;
  double ShareOfLarger() const;
};

struct CommonRuns {
  RunCounts narration4, narration5;  // of four and five counted words
  size_t plain3 = 0;                 // common runs of three counted words that are no names
  size_t quoted3_common = 0;         // the suspect's runs of three quoted words that occur anywhere in the original
  size_t quoted3_of_suspect = 0;
  size_t content_pairs = 0;  // common pairs of neighbouring content words of a sentence, in either order
};

// REQUIRES: `to_original` is MatchStems(suspect, original), `to_suspect` its inverse.
CommonRuns CountCommonRuns(const AnalyzedArticle& original, const AnalyzedArticle& suspect,
                           std::span<const uint32_t> to_original, std::span<const uint32_t> to_suspect);

}  // namespace unspin
