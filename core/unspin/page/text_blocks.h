// A web page → the blocks of text that a browser shows as paragraphs, and the elements around each.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "unspin/page/block_signs.h"
#include "unspin/page/html.h"

namespace unspin {

// Whether a browser shows a text before any script runs.
enum class Visibility {
  kShown,
  kHidden,    // hidden, aria-hidden, display:none, a closed <dialog>: a script may show it
  kNoscript,  // shown where scripts do not run
  kTemplate   // a script makes text of it
};

// The signs (block_signs.h) of the elements around a block. Node 0 is never such an element, because a page's first
// element has no text before it: 0 stands for none.
struct BlockSurroundings {
  std::array<uint32_t, kBlockSigns> innermost = {};  // by sign: the node of the innermost element that has it, plus 1
};

inline constexpr size_t kBlockAncestors = 6;

// A run of text that a browser shows as one paragraph.
struct TextBlock {
  uint32_t runs_begin = 0;  // into TextBlocks::runs
  uint32_t runs_end = 0;
  uint32_t bytes = 0;         // of text, white space collapsed
  uint32_t linked_bytes = 0;  // of these, inside links
  uint32_t commas = 0;        // and semicolons
  // The nodes of the nearest block elements around it, the innermost first; 0 beyond the outermost.
  std::array<uint32_t, kBlockAncestors> ancestors = {};
  uint32_t depth = 0;                  // block elements around it
  HtmlTag container = HtmlTag::kBody;  // the tag of the innermost
  Visibility visibility = Visibility::kShown;
  uint32_t surroundings = 0;  // into TextBlocks::surroundings
  bool ends_sentence = false;
  uint32_t quotation = 0;  // the outermost <blockquote> around it, embedded posts among them: its node plus 1; 0: none
  std::string text;        // white space as in the page
};

struct TextBlocks {
  std::vector<uint32_t> runs;  // nodes: text and <br>, in order; <q> where it begins and, once more, where it ends
  std::vector<BlockSurroundings> surroundings;
  std::vector<TextBlock> blocks;
  // By node: of a block element with text in it, the block element around it; itself where there is none. Of other
  // nodes: no meaning.
  std::vector<uint32_t> parents;

  // The first node of a block: its position among all nodes.
  uint32_t NodeOf(const TextBlock& block) const { return runs[block.runs_begin]; }
  // The node of the innermost element around a block that has the sign, or null.
  const HtmlNode* InnermostWith(BlockSign sign, const TextBlock& block, const HtmlPage& page) const {
    const uint32_t at = surroundings[block.surroundings].innermost[static_cast<size_t>(sign)];
    return at == 0 ? nullptr : &page.nodes[at - 1];
  }
};

// Leaves out scripts, controls, and blocks of white space only. Linear in the page.
TextBlocks FindTextBlocks(const HtmlPage& page);

// Whether any character is visible. White space, no-break and zero-width spaces are not.
bool IsVisible(std::string_view text);

}  // namespace unspin
