// English for tests: one lexicon for all of them, and what takes a language without naming it.
#pragma once

#include <string_view>

#include "unspin/language/language.h"
#include "unspin/language/languages.h"
#include "unspin/lexicon/lexicon_cache.h"
#include "unspin/text/tokenize.h"
#include "unspin/zones/zones.h"

namespace unspin {

inline const Lexicon& EnglishLexicon() {
  static const Lexicon lexicon(English());
  return lexicon;
}

inline TokenizedArticle Tokenize(std::string_view text) { return Tokenize(text, English()); }
inline TokenizedArticle TokenizePlainly(std::string_view text) { return TokenizePlainly(text, English()); }
inline Zones FindZones(std::string_view text, const TokenizedArticle& article) {
  return FindZones(text, article, English());
}

}  // namespace unspin
