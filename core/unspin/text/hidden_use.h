// A character that nobody sees, where it stands → whether writers and their programs put it there.
//
// Emoji, scripts that join their letters, scripts without spaces, right-to-left text and long addresses need such
// characters. Inside a word of an alphabet like the Latin one they only split it for programs.
#pragma once

#include <string_view>

namespace unspin {

struct HiddenPlace {
  char32_t previous;  // right before it, hidden or not
  char32_t before;    // the last character before it that is not hidden; a line feed at the start of the text
  char32_t behind;    // the next one behind it that is not hidden; a line feed at the end
  bool right_to_left_text = false;  // the text has right-to-left letters
};

// REQUIRES: `hidden` is of the class kHidden or kBidirectional, and no soft hyphen.
bool IsHonestUse(char32_t hidden, const HiddenPlace& place);

// Whether a soft hyphen stands where no language breaks a word: behind another one, beside a single letter at the edge
// of a word, or beside a piece without a vowel. False for other scripts than Latin. Reads a few letters on each side.
// REQUIRES: a soft hyphen begins at `at`.
bool IsOutOfPlaceSoftHyphen(std::string_view text, size_t at);

}  // namespace unspin
