// How a text is laid out: what its line breaks mean, and whether it has capitals.
#pragma once

#include <string_view>

namespace unspin {

// Texts wrapped by hand break lines inside of sentences: such a text has no line over 160 characters. In other texts
// every line is a paragraph.
bool LinesAreParagraphs(std::string_view text);

// Whether there is less than one ASCII capital to 300 small letters: sentences then begin with small letters.
bool LacksCapitals(std::string_view text);

}  // namespace unspin
