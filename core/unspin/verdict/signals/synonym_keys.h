// For each key of one article, the keys of the other whose words are synonyms of its words.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "unspin/align/analyzed_article.h"
#include "unspin/lexicon/lexicon.h"

namespace unspin {

class SynonymKeys {
 public:
  // `joined`: JoinKeys(from, to). Only keys without a counterpart there are given synonyms: content words that have
  // lemmas.
  SynonymKeys(const AnalyzedArticle& from, std::span<const uint32_t> joined, const AnalyzedArticle& to,
              const Lexicon& lexicon);

  // Ascending. REQUIRES: `key` is one of `from`.
  std::span<const uint32_t> Of(uint32_t key) const { return {keys_.data() + begins_[key], keys_.data() + ends_[key]}; }

 private:
  std::vector<uint32_t> keys_;           // lists of `to`'s keys, one after the other
  std::vector<uint32_t> begins_, ends_;  // key of `from` → its list
};

}  // namespace unspin
