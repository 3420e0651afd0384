// Report → lines for a terminal or a pipe.
#pragma once

#include <cstddef>
#include <string>

#include "unspin/report/report.h"

namespace unspin {

struct TextOptions {
  bool colour = false;        // ANSI colours; never the only carrier of a meaning
  bool ascii = false;         // no character beyond ASCII
  size_t width = 96;          // columns; at least 40 are used
  size_t passages = 3;        // shown per finding, those with most matched words
  size_t passage_words = 90;  // shown of each
  size_t substitutions = 12;  // shown per finding, the most frequent ones
};

// Ends with a line feed. No control character of an article reaches the terminal; the only ones written are line feeds
// and, with colours, escape sequences of this program.
std::string RenderText(const Report& report, const TextOptions& options);

}  // namespace unspin
