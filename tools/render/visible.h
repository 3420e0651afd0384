// Text made visible: hidden characters get a name, broken UTF-8 becomes U+FFFD, and no control reaches a terminal.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace unspin {

struct Character {
  char32_t code = 0;       // U+FFFD where the bytes are broken
  std::string_view bytes;  // in the text
};

// The character at `position` of `text`. Each maximal part of a broken sequence is one character, as Unicode recommends
// (chapter 3.9, table 3-8), so that counts agree with readers that decode with replacement.
// REQUIRES: position < text.size().
Character CharacterAt(std::string_view text, size_t position);

// Controls other than tab and line feed, bidirectional controls, zero-width characters, soft hyphens, tags. Not the
// joiners, which emoji and Persian and Indic scripts need.
bool IsHidden(char32_t code);
bool IsJoiner(char32_t code);

// "U+202E" and "U+202E RIGHT-TO-LEFT OVERRIDE".
std::string CodePointName(char32_t code);
std::string CharacterName(char32_t code);

// Valid UTF-8 on one line, with hidden characters written as ‹U+202E›, and tabs and line feeds as spaces.
std::string Visible(std::string_view text);

// Columns of `text` on a terminal. Meant for valid UTF-8 without hidden characters; others count as some width.
size_t DisplayWidth(std::string_view text);

}  // namespace unspin
