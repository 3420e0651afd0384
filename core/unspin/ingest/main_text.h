// The article on a web page, without what surrounds it.
#pragma once

#include <string_view>

#include "unspin/ingest/html.h"
#include "unspin/ingest/mapped_text.h"

namespace unspin {

// Writes the main text: paragraphs apart by a blank line, white space within them collapsed. Blocks of text are weighed
// by length, punctuation, links and the names of their containers; the element whose blocks weigh most is the article.
// `article_body` is the text that the page itself declares to be the article, or empty; where enough of it is on the
// page, it decides which blocks count. Where nothing looks like an article, all visible text is taken. False where
// nothing is visible.
bool ExtractMainText(const HtmlPage& page, std::string_view article_body, MappedText& out);

}  // namespace unspin
