// One code point: decoding it from UTF-8, and its class as a part of words.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace unspin {

inline constexpr char32_t kBrokenUtf8 = 0xffffffffu;

struct DecodedCodePoint {
  char32_t value = kBrokenUtf8;
  uint32_t size = 1;  // bytes read; 1 for a byte that starts nothing valid
};

// REQUIRES: at < text.size().
DecodedCodePoint DecodeCodePoint(std::string_view text, size_t at);

enum class CodePointClass : uint8_t {
  kOther,  // punctuation and symbols: separates words
  kSpace,
  kNewline,
  kLetter,  // letters and combining marks
  kDigit,
  kIdeograph,  // a word of its own
  kApostrophe,
  kHidden,         // not visible: skipped
  kBidirectional,  // not visible, and changes the order in which text is shown: skipped
};

CodePointClass Classify(char32_t code_point);
bool IsUpper(char32_t code_point);

// Whether it is a full-width or mathematical letter or digit: these read as Latin ones, and no search finds them.
bool IsStyledLatin(char32_t code_point);

// NFKC_Casefold of one word; its input may be any UTF-8.
std::string FoldWord(std::string_view word);

// Whether a word mixes Latin letters with Cyrillic, Greek, Armenian or Cherokee ones. If so, `folded` becomes
// the word folded with Latin letters instead of those that look like them (by their ICU skeletons, Unicode Technical
// Standard 39); otherwise it stays as it is.
bool FoldLookAlikes(std::string_view word, std::string& folded);

}  // namespace unspin
