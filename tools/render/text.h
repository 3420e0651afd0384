// Report → lines for a terminal or a pipe.
#pragma once

#include <cstddef>
#include <string>

#include "unspin/report/report.h"

namespace unspin {

struct TextOptions {
  bool colour = false;        // ANSI colours; never the only carrier of a meaning
  size_t width = 96;          // columns; at least 60 are used
  size_t passages = 3;        // the most telling ones shown, per finding
  size_t passage_words = 90;  // of each
  size_t substitutions = 12;  // the most frequent ones shown, per finding
};

// Ends with a line feed. Whatever an article holds, no control character but line feeds (and, with `colour`, our own
// escape sequences) reaches the terminal.
std::string RenderText(const Report& report, const TextOptions& options);

}  // namespace unspin
