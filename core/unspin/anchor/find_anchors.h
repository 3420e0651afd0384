// Tokens → anchors: the rare words, names and numbers that an article can be found by.
#pragma once

#include "unspin/anchor/anchor.h"
#include "unspin/lexicon/lexicon.h"
#include "unspin/text/tokenized_article.h"

namespace unspin {

struct AnchorOptions {
  // Distinct words kept, rarest first; raising it finds weaker rewrites and costs 3 bytes each.
  uint32_t most_words = 160;
  float least_idf = 1.5f;  // words that stand in more than a fifth of all articles lead nowhere
};

// Words are reduced to stems and numbers to values, so "two" and "2" are one anchor.
Anchors FindAnchors(const TokenizedArticle& article, const AnchorOptions& options, LexiconCache& lexicon);

}  // namespace unspin
