// A tokenized article → its paragraphs, with the punctuation in front of and behind their words.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "unspin/base/span.h"
#include "unspin/text/tokenized_article.h"

namespace unspin {

struct Paragraph {
  TokenSpan tokens;  // at least one
  ByteSpan bytes;    // from the line break before it to the line break behind it: the paragraphs cover the text
  uint32_t first_sentence = 0;  // its sentences are [first_sentence, end_sentence)
  uint32_t end_sentence = 0;
};

// The paragraphs of the tokenizer's rule. A line break inside of one is a space. `text` is what `article` was tokenized
// from.
std::vector<Paragraph> FindParagraphs(std::string_view text, const TokenizedArticle& article);

}  // namespace unspin
