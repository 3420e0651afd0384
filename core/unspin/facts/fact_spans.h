// An article → where its facts are: numbers, dates, names and quotations.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "unspin/align/analyzed_article.h"
#include "unspin/base/span.h"
#include "unspin/language/fact_words.h"

namespace unspin {

struct Language;

enum class FactKind : uint8_t { kNumber, kDate, kName, kQuotation };

struct FactSpan {
  FactKind kind;
  TokenSpan words;  // not empty
};

// Facts that begin at a token for which `wanted` is true, in order. Notices, bylines, datelines and navigation have
// none. A quotation may contain other facts; apart from that, spans are disjoint. `text` is what `article` was made of.
// REQUIRES: wanted.size() == article.size().
std::vector<FactSpan> FindFactSpans(std::string_view text, const AnalyzedArticle& article,
                                    const std::vector<bool>& wanted, const Language& language);

// Whether a word is a number, in figures or in words.
inline bool IsNumber(const AnalyzedArticle& article, uint32_t token) {
  return article.text.tokens[token].numeric || article.Info(token).number;
}

// Whether a word is in one of these lists of the language.
bool IsFactWord(const AnalyzedArticle& article, uint32_t token, TagSet<FactWord> lists, const Language& language);

}  // namespace unspin
