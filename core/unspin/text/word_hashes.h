// The hashes of an article's words, in order: what shingles are made of.
#pragma once

#include <cstdint>
#include <vector>

#include "unspin/text/tokenized_article.h"

namespace unspin {

inline std::vector<uint64_t> WordHashesOf(const TokenizedArticle& article) {
  std::vector<uint64_t> words;
  words.reserve(article.tokens.size());
  for (const Token& token : article.tokens) words.push_back(token.word);
  return words;
}

}  // namespace unspin
