// Two analyzed articles, and which stems they have in common: what every comparison of them begins with.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "unspin/align/analyzed_article.h"

namespace unspin {

// Stems of both articles compare by the stem ids of the original. The articles must outlive the pair.
struct AnalyzedPair {
  AnalyzedPair(const AnalyzedArticle& original, const AnalyzedArticle& suspect)
      : AnalyzedPair(original, suspect, MatchStems(suspect, original)) {}
  // `to_original`: MatchStems(suspect, original), if it is known already.
  AnalyzedPair(const AnalyzedArticle& original, const AnalyzedArticle& suspect, std::vector<uint32_t> to_original)
      : original(original), suspect(suspect), to_original(std::move(to_original)) {}

  const AnalyzedArticle& original;
  const AnalyzedArticle& suspect;
  std::vector<uint32_t> to_original;  // stem id of the suspect → of the original, or kNoStem

  uint32_t OriginalStem(size_t token) const { return original.stem_ids[token]; }
  // kNoStem where the original lacks it.
  uint32_t SuspectStem(size_t token) const { return to_original[suspect.stem_ids[token]]; }
  bool SameSpelling(size_t original_token, size_t suspect_token) const {
    return original.text.tokens[original_token].word == suspect.text.tokens[suspect_token].word;
  }
};

}  // namespace unspin
