// A web page cut into the blocks of text that a browser shows as paragraphs, and what each of them is inside of.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "unspin/ingest/html.h"

namespace unspin {

// A run of text that a browser shows as one paragraph.
struct TextBlock {
  uint32_t runs_begin = 0;  // into TextBlocks::runs
  uint32_t runs_end = 0;
  uint32_t size = 0;    // bytes of text, white space collapsed
  uint32_t linked = 0;  // of these, inside links
  uint32_t commas = 0;
  uint32_t container = kTagBody;  // the nearest block element's tag
  bool boilerplate = false;       // inside navigation, a sidebar, comments...
  bool caption = false;
  bool in_article = false;
  bool in_article_footer = false;
  bool ends_sentence = false;
  std::string text;  // white space as in the page
};

struct TextBlocks {
  std::vector<uint32_t> runs;  // nodes: text and <br>, in order
  std::vector<TextBlock> blocks;
};

// Scripts and all that is hidden are left out; blocks of nothing but space too. Linear in the page.
TextBlocks FindTextBlocks(const HtmlPage& page);

// White space as HTML collapses it: no-break spaces are characters.
inline bool IsHtmlSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

// Whether there is ink: no-break and zero-width spaces, which fill otherwise empty paragraphs, have none.
bool IsVisible(std::string_view text);

}  // namespace unspin
