// A text → its numbers, words and signs, as the parser of dates sees them.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace unspin {

struct DateToken {
  enum class Kind : uint8_t { kNumber, kWord, kSign };
  static constexpr size_t kMaxLetters = 15;  // no word of a date is longer

  Kind kind = Kind::kSign;
  char sign = 0;  // dashes are '-', the signs of ordinals 'o', that of copyright 'c', anything that no date has '?'
  bool adjacent = false;  // to the token before it
  uint8_t letters = 0;
  uint16_t digits = 0;
  uint64_t number = 0;  // 0 where it has more than 18 digits
  std::array<char, kMaxLetters> word_bytes{};

  bool Is(char c) const { return kind == Kind::kSign && sign == c; }
  bool IsNumber() const { return kind == Kind::kNumber; }
  // In lower case and without accents. Empty for other tokens and for longer words.
  std::string_view word() const { return {word_bytes.data(), letters}; }
};

// Linear in the text. Bytes that are no UTF-8 are signs.
std::vector<DateToken> DateTokensOf(std::string_view text);

}  // namespace unspin
