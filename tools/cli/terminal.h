// What a terminal takes: colours, characters beyond ASCII, and how many columns it has.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "render/text.h"

namespace unspin::cli {

// Whether standard output takes colours: a terminal, unless NO_COLOR is set or TERM is "dumb".
bool TakesColours();

// Whether a line on standard error can be overwritten: a terminal whose TERM is not "dumb".
bool TakesProgress();

// Whether `stream` is a terminal whose locale (LC_ALL, LC_CTYPE, LANG) has another character set than UTF-8. Files and
// pipes get UTF-8 in every locale, so that results do not depend on it.
bool TakesOnlyAscii(int stream);

// `text` as `stream` takes it.
std::string ForStream(int stream, std::string_view text);

// Columns of `stream`: those of the environment's COLUMNS, else those of the terminal, else `otherwise`; at most `max`.
size_t Columns(int stream, size_t otherwise, size_t max);

// How a report is written to standard output.
TextOptions TerminalText();

}  // namespace unspin::cli
