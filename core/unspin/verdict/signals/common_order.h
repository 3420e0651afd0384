// How far two articles use their common uncommon words in the same order.
#pragma once

#include <cstdint>
#include <span>

#include "unspin/align/analyzed_article.h"
#include "unspin/verdict/signals/synonym_stems.h"

namespace unspin {

// The longest increasing subsequence of the common words' positions, less what a random order gives. Both are negative
// where the order is more broken than a random one.
struct CommonOrder {
  double beyond_chance = 0;  // words
  double share = 0;          // of the common words
};

// Only counted words take part, and no word that an article uses often.
struct CommonOrders {
  CommonOrder uncommon;  // of uncommon words
  CommonOrder plain;     // of uncommon words that are neither names nor numbers, and of their synonyms
};

// `to_original`: MatchStems(suspect, original). `synonyms`: of the suspect's stems, in the original.
CommonOrders FindCommonOrders(const AnalyzedArticle& original, const AnalyzedArticle& suspect,
                              std::span<const uint32_t> to_original, const SynonymStems& synonyms);

}  // namespace unspin
