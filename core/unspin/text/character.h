// One character of an article with its class: by a table for ASCII, by ICU for the others.
#pragma once

#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "unspin/text/code_point.h"

namespace unspin {

struct Character {
  char32_t value;
  uint32_t size;  // bytes
  CodePointClass type;
};

inline constexpr std::array<CodePointClass, 128> kAsciiClasses = [] {
  std::array<CodePointClass, 128> classes{};
  for (int c = 0; c < 128; ++c) {
    if (c == '\n' || c == '\r') {
      classes[c] = CodePointClass::kNewline;
    } else if (c == ' ' || (c >= '\t' && c <= '\f')) {
      classes[c] = CodePointClass::kSpace;
    } else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
      classes[c] = CodePointClass::kLetter;
    } else if (c >= '0' && c <= '9') {
      classes[c] = CodePointClass::kDigit;
    } else if (c == '\'' || c == '`') {
      classes[c] = CodePointClass::kApostrophe;
    } else if (c != 0 && (c < ' ' || c == 0x7f)) {
      classes[c] = CodePointClass::kIntruder;
    }
  }
  return classes;
}();

// REQUIRES: at < text.size().
inline Character ReadCharacter(std::string_view text, size_t at) {
  assert(at < text.size());
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte < kAsciiClasses.size()) return {byte, 1, kAsciiClasses[byte]};
  const DecodedCodePoint point = DecodeCodePoint(text, at);
  return {point.value, point.size, Classify(point.value)};
}

// Where the character before `at` begins, if the bytes are valid. REQUIRES: 0 < at <= text.size().
inline size_t BeginOfCharacterBefore(std::string_view text, size_t at) {
  assert(at > 0 && at <= text.size());
  constexpr size_t kMaxBytes = 4;  // of a code point
  size_t begin = at - 1;
  while (begin > 0 && at - begin < kMaxBytes && (static_cast<unsigned char>(text[begin]) & 0xc0) == 0x80) --begin;
  return begin;
}

inline bool IsAsciiLetter(char c) { return static_cast<unsigned char>((c | 0x20) - 'a') < 26; }
inline bool IsAsciiLower(char c) { return static_cast<unsigned char>(c - 'a') < 26; }
inline bool IsUpper(const Character& c) { return c.value < 128 ? c.value >= 'A' && c.value <= 'Z' : IsUpper(c.value); }

}  // namespace unspin
