// A web page → the blocks of text that a browser shows as paragraphs, and the kinds of elements around each.
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
  uint32_t bytes = 0;                  // of text, white space collapsed
  uint32_t linked_bytes = 0;           // of these, inside links
  uint32_t commas = 0;                 // and semicolons
  HtmlTag container = HtmlTag::kBody;  // the nearest block element
  bool is_boilerplate = false;         // inside navigation, a sidebar, comments...
  bool is_caption = false;
  bool in_article = false;
  bool in_article_footer = false;
  bool ends_sentence = false;
  uint32_t quotation = 0;  // the outermost <blockquote> around it, embedded posts among them: its node; 0: none
  std::string text;        // white space as in the page
};

struct TextBlocks {
  std::vector<uint32_t> runs;  // nodes: text and <br>, in order; <q> where it begins and, once more, where it ends
  std::vector<TextBlock> blocks;
};

// Leaves out scripts, hidden elements, and blocks of white space only. Linear in the page.
TextBlocks FindTextBlocks(const HtmlPage& page);

// Whether any character is visible. White space, no-break and zero-width spaces are not.
bool IsVisible(std::string_view text);

}  // namespace unspin
