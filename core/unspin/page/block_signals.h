// The blocks of a page → numbers that tell an article's paragraphs from the page around them: the block model's input.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "unspin/page/text_blocks.h"

namespace unspin {

// What a page says of its article elsewhere than in its text.
struct DeclaredArticle {
  std::string_view title;
  std::string_view body;  // JSON-LD's articleBody; empty where there is none
};

// One row per block, all of the same length.
struct SignalTable {
  size_t columns = 0;
  std::vector<double> values;

  std::span<double> Row(size_t row) { return {values.data() + row * columns, columns}; }
  std::span<const double> Row(size_t row) const { return {values.data() + row * columns, columns}; }
};

// The names of the signals, in the order of the columns of BlockSignals().
std::span<const std::string_view> BlockSignalNames();

// Whether a block looks like a paragraph of prose: some words that are no links, and a full stop or many words.
bool IsProse(const TextBlock& block);

// Passes the rows of all blocks to `take`, in order, at most `max_rows` in a table: a page of many short blocks has far
// more signals than bytes. Linear in the page. Blocks count alike, whether a browser shows them or not.
void ForEachBlockSignals(const HtmlPage& page, const TextBlocks& found, const DeclaredArticle& declared,
                         size_t max_rows, const std::function<void(const SignalTable&)>& take);

// All rows at once.
SignalTable BlockSignals(const HtmlPage& page, const TextBlocks& found, const DeclaredArticle& declared);

}  // namespace unspin
