// An article's quotation marks → its quotations, straight or curly marks.
#pragma once

#include <string_view>
#include <vector>

#include "unspin/base/span.h"
#include "unspin/text/tokenized_article.h"

namespace unspin {

// Quotations of three to 150 words, in order: fewer are a name or irony, not speech, and more an unbalanced mark.
// A quotation ends with its paragraph. `text` is what `article` was tokenized from. Linear in the bytes.
std::vector<TokenSpan> FindQuotations(std::string_view text, const TokenizedArticle& article);

}  // namespace unspin
