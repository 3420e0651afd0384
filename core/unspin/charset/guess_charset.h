// The character set of bytes that say nothing about it.
#pragma once

#include <optional>
#include <string_view>

#include "unspin/charset/charset_table.h"

namespace unspin {

// UTF-16 or UTF-32 by its byte order mark, or by the zero bytes that it has and no other text has; null: it is neither.
// `mark` becomes the size of the mark in front. A file of zero bytes that is no text in any of these sets is neither.
const Charset* WideCharset(std::string_view head, size_t& mark);

// ISO 2022, which changes sets by escape sequences and so looks like ASCII; null: it is not.
const Charset* EscapedCharset(std::string_view bytes);

struct CharsetGuess {
  const Charset* charset = nullptr;
  double bits = 0;  // CostOfReading of a sample
};

// The set of one byte or more per character by which the characters beyond ASCII are the most like those of a language.
// Nothing where no set makes a text of them. REQUIRES: some byte is beyond ASCII.
std::optional<CharsetGuess> GuessCharset(std::string_view bytes);

// Whether `declared` reads the bytes about as well as the best guess.
bool IsPlausibleReading(const Charset& declared, std::string_view bytes);

}  // namespace unspin
