// A text → its quotation marks, each with what its form and the characters around it let it do.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace unspin {

// Marks of one family open and close each other's quotations.
enum class MarkFamily : uint8_t { kDouble, kGuillemet, kSingleGuillemet, kCorner, kAngle, kSingle };

struct QuotationMark {
  uint32_t begin = 0;  // in bytes of the text
  uint32_t end = 0;
  MarkFamily family = MarkFamily::kDouble;
  bool opens = false;              // may open a quotation. Both or neither: what is open already decides
  bool closes = false;             // may close one
  bool behind_digit = false;       // may stand for inches, minutes or seconds
  bool may_be_apostrophe = false;  // a closing single mark behind a letter: "the workers’ rights", "goin’ home"
};

// In order. Apostrophes within a word are no marks. Linear in the bytes; few bytes are looked at one by one.
std::vector<QuotationMark> FindQuotationMarks(std::string_view text);

}  // namespace unspin
