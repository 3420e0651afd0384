// Blocks of a page → text: paragraphs apart by a blank line, white space within them collapsed.
#pragma once

#include <vector>

#include "unspin/article/mapped_text.h"
#include "unspin/page/html.h"
#include "unspin/page/text_blocks.h"

namespace unspin {

// Appends the blocks, which are some of `found` in their order, to `out`. What a browser marks as a quotation gets
// quotation marks: a <q>, and the blocks of a <blockquote> as in print, where each opens with a mark and the last
// closes.
void WriteBlocks(const HtmlPage& page, const TextBlocks& found, const std::vector<const TextBlock*>& blocks,
                 MappedText& out);

}  // namespace unspin
