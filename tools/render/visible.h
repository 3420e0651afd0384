// Text made fit to show: characters nobody sees get a name, broken UTF-8 becomes U+FFFD, nothing can steer a terminal.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace unspin {

struct Character {
  char32_t code = 0;       // U+FFFD where the bytes are broken
  std::string_view bytes;  // as they stand in the text
};

// The character at `position` of `text`, which must be less than its size. A broken sequence counts as one character,
// cut where Unicode recommends, so that counts agree with readers that decode with replacement.
Character CharacterAt(std::string_view text, size_t position);

// Controls other than tab and line feed, bidirectional controls, zero-width characters, soft hyphens, tags. The joiners
// of emoji and of Persian and Indic scripts are invisible too but belong there: those do not count.
bool IsHidden(char32_t code);
bool IsJoiner(char32_t code);

// "U+202E" and "U+202E RIGHT-TO-LEFT OVERRIDE".
std::string CodePointName(char32_t code);
std::string CharacterName(char32_t code);

// Valid UTF-8 on one line, with hidden characters written as ‹U+202E›, and tabs and line feeds as spaces.
std::string Visible(std::string_view text);

// Columns that a terminal gives to `text`, which is valid UTF-8 without hidden characters.
size_t DisplayWidth(std::string_view text);

}  // namespace unspin
