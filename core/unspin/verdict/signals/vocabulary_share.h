// How much of one article's vocabulary the other one has.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "unspin/align/analyzed_article.h"

namespace unspin {

// Every stem counts once, however often it is used.
struct VocabularyShare {
  double weighed = 0;           // of all stems, weighed by idf
  double rare = 0;              // of the rare stems
  double rare_plain = 0;        // of the rare stems that are neither names nor numbers
  size_t rare_plain_count = 0;  // how many of these the article has
};

// `joined`: MatchStems(article, other).
VocabularyShare ShareOfVocabulary(const AnalyzedArticle& article, std::span<const uint32_t> joined);

}  // namespace unspin
