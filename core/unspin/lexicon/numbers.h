// The value of a number however it is written: "2" or "two", "1990s" or "nineteen nineties", "1.5m" or "1.5 million".
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace unspin {

struct NumberReading {
  uint32_t tokens = 0;   // how many words it takes, a following "percent" or "per cent" included
  double value = 0;      // of a decade its first year (1990), or only its tens where no century is named (90)
  bool decade = false;   // "1990s", "nineties", "1800s"
  bool ordinal = false;  // "third", "3rd"
  bool percent = false;  // followed by "percent", "per cent" or "pct", or ending in "%"
};

// The longest number phrase that `words` (normalized, lower case) begin with, or nothing.
// Total: any words, at most some dozen of them are looked at. Years may be read aloud: "nineteen ninety five" is 1995.
std::optional<NumberReading> ReadNumber(std::span<const std::string_view> words);

// Equal for readings of the same value, decade-ness and ordinality. `percent` does not count, because the sign of "5%"
// is punctuation, which the tokenizer leaves out. Fit for the disk.
uint64_t NumberHash(const NumberReading& reading);

// "percent" for every word that means it ("pct", "%"), else nothing.
std::optional<std::string_view> PercentWord(std::string_view word);

}  // namespace unspin
