// A text → whether it holds bytes that rules for odd texts look for. Most texts hold none, so a fast pass spares slow
// ones.
#pragma once

#include <string_view>

namespace unspin {

struct RareBytes {
  bool markup = false;  // '<' or '&'
  // The first byte of a character that mojibake is made of: Latin-1, Ă, Greek, Cyrillic, signs that draw boxes.
  // Quotation marks, dashes and the like are none.
  bool damage = false;
};

RareBytes FindRareBytes(std::string_view text);

// Whether a line ends with a hyphen, or with the last byte of a soft hyphen.
bool HoldsHyphenAtLineEnd(std::string_view text);

}  // namespace unspin
