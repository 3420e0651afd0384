// How well each sentence of one article is matched by the best sentence of the other, by the cosine of idf-weighted
// words.
#pragma once

#include <cstdint>
#include <span>

#include "unspin/align/analyzed_article.h"
#include "unspin/base/span.h"
#include "unspin/verdict/signals/synonym_stems.h"

namespace unspin {

// Over the sentences that have counted words. All 0 where an article has none.
struct SentenceSimilarity {
  double mean = 0;                // cosine of a suspect's sentence and its best counterpart
  double median = 0;              // the same
  double mean_of_original = 0;    // cosine of an original's sentence and its best counterpart
  double order = 0;               // share of counterparts that follow the one before as in the original
  TokenSpan best_region;          // of the suspect: neighbouring sentences that resemble the original most
  double best_region_weight = 0;  // their cosines beyond the level of chance, added up
};

// `to_original`: MatchStems(suspect, original). `synonyms`: of the suspect's stems, in the original; they count in
// part.
SentenceSimilarity CompareSentences(const AnalyzedArticle& original, const AnalyzedArticle& suspect,
                                    std::span<const uint32_t> to_original, const SynonymStems& synonyms);

}  // namespace unspin
