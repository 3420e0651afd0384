// An article's quotation marks → its quotations, in every pair of marks that newspapers use.
//
// A quotation runs from a mark that opens to the next that closes in its paragraph. Where it is not closed, it runs to
// the end of the paragraph, and goes on if the next paragraph opens with a mark: the usual way to print a long speech.
// A closing mark alone ends speech from the start of its paragraph. Single marks count only where the text has no
// speech in double ones, or has it inside of single ones: most of them are apostrophes.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "unspin/base/span.h"
#include "unspin/text/tokenized_article.h"
#include "unspin/zones/paragraphs.h"

namespace unspin {

struct ZoneWords;

// Quotations of three words or more, in order: fewer are a name or irony, not speech. A mark too many or too few
// changes its own paragraph at most. `text` is what `article` was tokenized from,
// `paragraphs` are its own. Linear in the bytes.
std::vector<TokenSpan> FindQuotations(std::string_view text, const TokenizedArticle& article,
                                      std::span<const Paragraph> paragraphs, const ZoneWords& words);

}  // namespace unspin
