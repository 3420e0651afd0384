// How a text is laid out: what its line breaks mean, and whether it has capitals.
#pragma once

#include <cstddef>
#include <string_view>

namespace unspin {

// Texts wrapped by hand break lines inside of sentences: such a text has no line over 160 characters. In other texts
// every line is a paragraph.
bool LinesAreParagraphs(std::string_view text);

// Whether there is less than one ASCII capital to 300 small letters: sentences then begin with small letters.
bool LacksCapitals(std::string_view text);

// A hyphen at the end of a line between two letters, the second of which is a small one: "rail-⏎way".
struct WordBreak {
  size_t behind = 0;  // where the word goes on; 0 where there is no such hyphen
  bool soft = false;  // U+00AD
};

// REQUIRES: a hyphen begins at `at`.
WordBreak WordBreakAt(std::string_view text, size_t at);

// Whether hyphens at line ends are to be taken out of words. A word's own bytes have the same answer as their text.
struct BrokenWords {
  bool at_hyphens = false;       // so many lines end with one that a program broke words there
  bool at_soft_hyphens = false;  // a line ends with one: they say so themselves
};

BrokenWords FindBrokenWords(std::string_view text);

}  // namespace unspin
