// A web page → the text of its article, without the boilerplate around it.
#pragma once

#include <string_view>

#include "unspin/ingest/html.h"
#include "unspin/ingest/mapped_text.h"

namespace unspin {

// Appends the main text to `out`: paragraphs separated by a blank line, white space within them collapsed. Blocks of
// text are weighed by length, punctuation, links and the names of their containers; the element whose blocks weigh most
// is the article. `article_body` is the text that the page itself declares to be the article, or empty. If most of it
// is on the page, it decides which blocks count. If nothing looks like an article, all visible text is taken. Returns
// false if no text is visible.
bool ExtractMainText(const HtmlPage& page, std::string_view article_body, MappedText& out);

}  // namespace unspin
