// For each stem of one article, the stems of the other whose words are synonyms of its words.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "unspin/align/analyzed_article.h"
#include "unspin/lexicon/lexicon.h"

namespace unspin {

class SynonymStems {
 public:
  // `joined`: MatchStems(from, to). Only stems without a counterpart there are given synonyms: content words that have
  // lemmas.
  SynonymStems(const AnalyzedArticle& from, std::span<const uint32_t> joined, const AnalyzedArticle& to,
               const Lexicon& lexicon);

  // Ascending. REQUIRES: `stem` is one of `from`.
  std::span<const uint32_t> Of(uint32_t stem) const {
    return {stem_ids_.data() + begins_[stem], stem_ids_.data() + ends_[stem]};
  }

 private:
  std::vector<uint32_t> stem_ids_;       // lists of `to`'s stems, one after the other
  std::vector<uint32_t> begins_, ends_;  // stem of `from` → its list
};

}  // namespace unspin
