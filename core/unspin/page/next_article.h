// The headline of a page tells its article from text before it, beside it and from the articles below.
#pragma once

#include <string_view>
#include <vector>

#include "unspin/page/text_blocks.h"

namespace unspin {

// Unsets blocks of `is_chosen`, one truth value for each block:
// - those in an element beside the article's, of the same tag and class, under a headline of the same rank: the page
//   loads the next article when its reader comes to the end;
// - those before the headline, unless they are most of the text;
// - those behind the innermost element that holds the headline and most of the chosen text.
// The article is the one whose headline is `title`, else the first <h1>. Linear in the page.
void DropNextArticles(const HtmlPage& page, const TextBlocks& found, std::string_view title,
                      std::vector<bool>& is_chosen);

}  // namespace unspin
