// A web page → the text of its article, without the page around it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "unspin/article/mapped_text.h"
#include "unspin/page/block_signals.h"
#include "unspin/page/html.h"

namespace unspin {

// How the text of a page was chosen.
struct MainText {
  // Where it stood: "main-text" (what a browser shows), "hidden-text" (what a script would show), "noscript",
  // "template", "linked-data" (JSON-LD), "script-data" (other JSON in the page), "frame" (a page in an attribute or
  // behind frames), "all-text" (nothing looks like an article). Empty: the page has no text.
  std::string_view chosen;
  uint32_t words = 0;                // taken, as white space separates them,
  uint32_t page_words = 0;           // and of all text on the page
  std::string_view rest;             // what most of the other words are: "comments". Empty where there are none
  std::vector<std::string> notices;  // as Article::notices
};

// The static text of a value that `chosen` or `rest` may have, for what was written down and is read again. Empty where
// it is none.
std::string_view StaticPlaceOrRest(std::string_view name);

// Appends the main text to `out`: paragraphs separated by a blank line, white space within them collapsed. The block
// model (block_model.h) says how probable it is that a block belongs to the article. A paragraph that stands on the
// page twice, as where a page has a layout for phones too, is taken once. Where the blocks hold no article, but data in
// scripts or frames do, these are taken.
MainText ExtractMainText(const HtmlPage& page, const DeclaredArticle& declared, MappedText& out);

}  // namespace unspin
