// Words of an article that a person set aside → the article as it is compared without them.
//
// Which words are narration, speech or a notice is told by the whole text, so that the zones of the other words stay as
// they are. An excluded word keeps its place among the tokens, and has a spelling that no article has.
#pragma once

#include <span>
#include <string_view>

#include "unspin/align/analyzed_article.h"
#include "unspin/base/span.h"

namespace unspin {

// `excluded`: spans in bytes of the text, in any order; they may overlap, end behind the text, and begin or end inside
// a word or a character. Every word that has a byte in one of them is excluded. Sentences are cut where excluded words
// begin and end. Total.
AnalyzedArticle AnalyzeWithout(std::string_view text, std::span<const ByteSpan> excluded, LexiconCache& lexicon);

}  // namespace unspin
