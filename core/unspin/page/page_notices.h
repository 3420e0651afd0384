// The lines of a page that name its rights, its author or its source, outside of its main text.
#pragma once

#include <string>
#include <vector>

#include "unspin/page/text_blocks.h"

namespace unspin {

// Copyright notices anywhere on the page, and bylines beside the article, in the order of the page, each once.
// `is_chosen`: by block, whether it belongs to the main text.
std::vector<std::string> FindPageNotices(const std::vector<TextBlock>& blocks, const std::vector<bool>& is_chosen);

}  // namespace unspin
