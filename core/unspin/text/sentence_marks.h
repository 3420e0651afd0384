// Punctuation between two words → whether a sentence ends there.
#pragma once

#include <array>
#include <cstddef>

#include "unspin/text/character.h"

namespace unspin {

constexpr bool ClosesSentence(char32_t c) {
  return c == '.' || c == '!' || c == '?' || c == 0x2026 || c == 0x3002 || c == 0xff01 || c == 0xff1f;
}
constexpr bool ClosesQuotation(char32_t c) {
  return c == '"' || c == '\'' || c == ')' || c == ']' || c == 0x201d || c == 0x2019 || c == 0xbb;
}
constexpr bool OpensQuotation(char32_t c) {
  return c == '"' || c == '(' || c == '[' || c == 0x201c || c == 0x2018 || c == 0xab;
}

// What one byte between two words does to the state "a sentence has ended".
struct SentenceMark {
  bool space : 1 = false;  // is white space
  bool keeps : 1 = false;  // leaves the state as it is
  bool opens : 1 = false;  // leaves the state as it is behind white space, and clears it elsewhere
  bool ends : 1 = false;   // sets the state
  bool stop : 1 = false;   // sets the state, unless it ends an abbreviation
  bool other : 1 = false;  // does more than that: to be read as a character
};

inline constexpr std::array<SentenceMark, 256> kSentenceMarks = [] {
  std::array<SentenceMark, 256> marks{};
  for (size_t c = 0; c < marks.size(); ++c) {
    if (c >= kAsciiClasses.size() || c == '%' || c == '\n' || c == '\r') marks[c].other = true;
    if (c == '.') marks[c].stop = true;
    if (c == '!' || c == '?') marks[c].ends = true;
    if (c < kAsciiClasses.size() && kAsciiClasses[c] == CodePointClass::kSpace) marks[c].space = marks[c].keeps = true;
    if (ClosesQuotation(static_cast<char32_t>(c))) marks[c].keeps = true;
    if (OpensQuotation(static_cast<char32_t>(c))) marks[c].opens = true;
  }
  return marks;
}();

}  // namespace unspin
